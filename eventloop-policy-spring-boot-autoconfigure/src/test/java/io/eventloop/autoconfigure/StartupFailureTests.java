package io.eventloop.autoconfigure;

import io.eventloop.ChildWatcher;
import io.eventloop.UnsupportedPlatformException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What is printed when an application cannot start.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class StartupFailureTests {

	@Test
	@DisplayName("N8 an unknown watcher fails with property, value, origin and the valid values")
	void unknownWatcher(CapturedOutput output) {
		startAndFail(Application.class, "--eventloop.watcher=bogus");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property: eventloop.watcher")
			.contains("Value: \"bogus\"")
			.contains("Origin: \"eventloop.watcher\" from property source")
			.contains("The following values are valid:")
			.containsSubsequence("AUTO", "PIDFD", "THREADED");
	}

	@Test
	@DisplayName("N8 an unknown policy fails with the valid values")
	void unknownPolicy(CapturedOutput output) {
		startAndFail(Application.class, "--eventloop.policy=bogus");
		assertThat(output).contains("Property: eventloop.policy").containsSubsequence("DEFAULT", "SELECTOR");
	}

	@Test
	@DisplayName("N8 an unknown way to reap orphans fails with the valid values")
	void unknownReapOrphans(CapturedOutput output) {
		startAndFail(Application.class, "--eventloop.reap-orphans=always");
		assertThat(output).contains("Property: eventloop.reap-orphans").containsSubsequence("OFF", "PID1", "SUBREAPER");
	}

	@Test
	@DisplayName("N9 a negative grace period fails with property, value, origin and reason")
	void negativeGracePeriod(CapturedOutput output) {
		startAndFail(Application.class, "--eventloop.shutdown.grace-period=-5s");
		assertThat(output).contains(
				"Invalid value '-5s' for configuration property 'eventloop.shutdown.grace-period' (originating from")
			.contains("It must not be negative")
			.contains("Action:");
	}

	@Test
	@DisplayName("N9 a grace period that is no duration fails with property, value and origin")
	void graceperiodThatIsNoDuration(CapturedOutput output) {
		startAndFail(Application.class, "--eventloop.shutdown.grace-period=soon");
		assertThat(output).contains("Property: eventloop.shutdown.grace-period").contains("Value: \"soon\"");
	}

	@Test
	@DisplayName("N10 what this system lacks is described, with the alternative")
	void unsupportedWatcher(CapturedOutput output) {
		startAndFail(UnsupportedWatcherApplication.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The pidfd child watcher does not work here: this kernel has no pidfd_open.")
			.contains("Choose eventloop.watcher=auto.");
	}

	@Test
	@DisplayName("N10 the failure analyzer gives description and action")
	void failureAnalyzer() {
		UnsupportedPlatformException failure = new UnsupportedPlatformException("This is not Linux.",
				"Choose eventloop.watcher=auto.");
		FailureAnalysis analysis = new UnsupportedPlatformFailureAnalyzer().analyze(new IllegalStateException(failure));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).isEqualTo("This is not Linux.");
		assertThat(analysis.getAction()).isEqualTo("Choose eventloop.watcher=auto.");
	}

	private static void startAndFail(Class<?> application, String... arguments) {
		assertThatException().isThrownBy(
				() -> new SpringApplicationBuilder(application).web(WebApplicationType.NONE).run(arguments).close());
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(EventLoopAutoConfiguration.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(EventLoopAutoConfiguration.class)
	static class UnsupportedWatcherApplication {

		@Bean
		ChildWatcher watcher() {
			throw new UnsupportedPlatformException(
					"the pidfd child watcher does not work here: this kernel has no pidfd_open",
					"choose eventloop.watcher=auto");
		}

	}

}
