package io.eventloop.samples.jobrunner;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page, as a person uses it.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_EACH_TEST_METHOD)
@Timeout(90)
class PageIT {

	@TempDir
	Path profile;

	@LocalServerPort
	int port;

	Browser browser;

	@BeforeEach
	void open() {
		this.browser = Browser.open(this.profile, "http://127.0.0.1:" + this.port + "/");
		this.browser.awaitText("#connection", "Live");
	}

	@AfterEach
	void close() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	@Test
	void showsTheDigestOfText() {
		assertThat(this.browser.find("#empty").getText()).startsWith("No jobs yet");
		run("sha256", "hello");
		this.browser.awaitText(".job .badge", "Succeeded");
		this.browser.awaitText(".job-output", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824  -");
		this.browser.awaitText("#meter-reaped", "1");
	}

	@Test
	void cancelsAJob() {
		run("sleep", null);
		this.browser.awaitText(".job .badge", "Running");
		await().untilAsserted(() -> assertThat(this.browser.find(".job .job-tree").getText())
			.matches("1 process · .+ [KM]iB of memory"));
		this.browser.find(".job .cancel").click();
		this.browser.awaitText(".job .badge", "Cancelled");
		this.browser.awaitText(".job-reason", "Cancelled on request");
	}

	@Test
	void removesAJobThatHasEnded() {
		run("sort", "a");
		this.browser.awaitText(".job .badge", "Succeeded");
		this.browser.awaitText(".job .cancel", "Remove");
		this.browser.find(".job .cancel").click();
		assertThat(this.browser.find("#empty").getText()).startsWith("No jobs yet");
	}

	@Test
	void showsTextAsText() {
		String text = "<img src=x onerror=\"document.title='taken'\"><b>bold</b>";
		run("sort", text);
		this.browser.awaitText(".job-output", text);
		assertThat(this.browser.findAll(".job-output *")).isEmpty();
	}

	private void run(String command, String text) {
		new Select(this.browser.find("#command")).selectByValue(command);
		if (text != null) {
			WebElement area = this.browser.find("#text");
			area.clear();
			area.sendKeys(text);
		}
		this.browser.find("button[type=submit]").click();
	}

}
