package io.eventloop.samples.streamfilter;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A browser with an empty profile, where one is installed.
 */
final class Browser implements AutoCloseable {

	private final ChromeDriver driver;

	private Browser(ChromeDriver driver) {
		this.driver = driver;
	}

	static Browser open(Path profile, String address) {
		Optional<File> binary = program("chromium").or(() -> program("google-chrome"));
		Optional<File> driver = program("chromedriver");
		assumeTrue(binary.isPresent() && driver.isPresent(),
				"No chromium and chromedriver on the PATH: the page was not opened in a browser");
		ChromeOptions options = new ChromeOptions();
		options.setBinary(binary.orElseThrow());
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--user-data-dir=" + profile);
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(driver.orElseThrow())
			.usingAnyFreePort()
			.build();
		Browser browser = new Browser(new ChromeDriver(service, options));
		browser.driver.get(address);
		return browser;
	}

	private static Optional<File> program(String name) {
		return Pattern.compile(File.pathSeparator)
			.splitAsStream(System.getenv("PATH"))
			.map((directory) -> new File(directory, name))
			.filter(File::canExecute)
			.findFirst();
	}

	WebElement find(String selector) {
		return await().atMost(Duration.ofSeconds(20))
			.ignoreExceptions()
			.until(() -> this.driver.findElement(By.cssSelector(selector)), WebElement::isDisplayed);
	}

	void awaitText(String selector, String text) {
		await().atMost(Duration.ofSeconds(20))
			.ignoreExceptions()
			.until(() -> this.driver.findElement(By.cssSelector(selector)).getText(), text::equals);
	}

	List<WebElement> findAll(String selector) {
		return this.driver.findElements(By.cssSelector(selector));
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
