package io.eventloop.samples.streamfilter;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.support.ui.Select;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page, as a person uses it.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Timeout(90)
class PageIT {

	@TempDir
	Path directory;

	@LocalServerPort
	int port;

	Browser browser;

	@BeforeEach
	void open() {
		this.browser = Browser.open(this.directory.resolve("profile"), "http://127.0.0.1:" + this.port + "/");
	}

	@AfterEach
	void close() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	@Test
	void filtersAFile() throws Exception {
		run("upper", Files.writeString(this.directory.resolve("greeting.txt"), "Good morning"));
		this.browser.awaitText("#preview", "GOOD MORNING");
		this.browser.awaitText("#status", "12 B sent, 12 B back");
		assertThat(this.browser.find("#download").getDomAttribute("download")).isEqualTo("greeting.txt.upper");
	}

	@Test
	void showsAProblem() throws Exception {
		run("gunzip", Files.writeString(this.directory.resolve("no.gz"), "not packed"));
		assertThat(this.browser.find("#problem").getText()).startsWith("Filter failed.").contains("not in gzip format");
	}

	private void run(String filter, Path file) {
		await().ignoreExceptions().until(() -> {
			new Select(this.browser.find("#filter")).selectByValue(filter);
			return true;
		});
		this.browser.find("#file").sendKeys(file.toString());
		this.browser.find("#run").click();
	}

}
