package io.eventloop.samples.mcphost;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page, as a person uses it.
 */
@ExtendWith(NpmServers.class)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Timeout(90)
class PageIT {

	private static final String EVERYTHING = ".server[data-name=everything] ";

	private static final Pattern ANSWERED = Pattern
		.compile("Answered by generation (\\d+) \\(process (\\d+)\\) in \\d+ ms");

	@TempDir
	private static Path profile;

	private static Browser browser;

	@LocalServerPort
	int port;

	@BeforeEach
	void open() {
		if (browser == null) {
			browser = Browser.open(profile, "http://127.0.0.1:" + this.port + "/");
		}
		browser.awaitText("#connection", "Live");
		browser.awaitText(EVERYTHING + ".badge", "Ready");
	}

	@AfterAll
	static void close() {
		if (browser != null) {
			browser.close();
		}
	}

	@Test
	void serverThatIsKilledIsStartedAgainAndAnswers() {
		browser.awaitText(".server[data-name=filesystem] .badge", "Ready");
		browser.awaitText(EVERYTHING + ".server-title", "Everything Example Server 1.0.0");
		browser.find(EVERYTHING + "summary").click();
		browser.find(EVERYTHING + ".tools li:first-child button").click();
		browser.awaitText("#description", "Echoes back the input");
		assertThat(browser.find("#arguments").getDomProperty("value")).contains("\"message\"");
		Matcher before = call("{\"message\": \"before\"}", "Echo: before");
		assertThat(before.group(1)).isEqualTo(browser.find(EVERYTHING + ".generation").getText());
		assertThat(before.group(2)).isEqualTo(browser.find(EVERYTHING + ".pid").getText());
		String next = Integer.toString(Integer.parseInt(before.group(1)) + 1);
		browser.find(EVERYTHING + ".kill").click();
		browser.awaitText(EVERYTHING + ".generation", next);
		browser.awaitText(EVERYTHING + ".badge", "Ready");
		browser.awaitText(EVERYTHING + ".last-exit", "SIGKILL");
		Matcher after = call("{\"message\": \"after\"}", "Echo: after");
		assertThat(after.group(1)).isEqualTo(next);
		assertThat(after.group(2)).isNotEqualTo(before.group(2)).isEqualTo(browser.find(EVERYTHING + ".pid").getText());
	}

	@Test
	void textIsShownAsText() {
		String text = "<img src=x onerror=document.title='taken'><b>bold</b>";
		new Select(browser.find("#tool")).selectByVisibleText("echo");
		call("{\"message\": \"" + text + "\"}", "Echo: " + text);
		assertThat(browser.findAll("#output *")).isEmpty();
	}

	@Test
	void argumentsThatAreNoJsonAreNotSent() {
		write("{message");
		browser.find("#form [type=submit]").click();
		assertThat(browser.find("#problem").getText()).startsWith("The arguments are not JSON");
	}

	private Matcher call(String arguments, String output) {
		write(arguments);
		browser.find("#form [type=submit]").click();
		browser.awaitText("#output", output);
		Matcher answered = ANSWERED.matcher(browser.find("#answered").getText());
		assertThat(answered.matches()).isTrue();
		return answered;
	}

	private void write(String arguments) {
		WebElement area = browser.find("#arguments");
		area.clear();
		area.sendKeys(arguments);
	}

}
