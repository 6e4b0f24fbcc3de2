package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.eventloop.client.SubprocessClient;
import io.eventloop.client.SubprocessFailedException;
import io.eventloop.client.SubprocessTimeoutException;
import io.eventloop.posix.ProcessRights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.mockito.Mockito.mock;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SubprocessClientAutoConfigurationTests {

	private final ApplicationContextRunner contexts = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(EventLoopAutoConfiguration.class, SubprocessClientAutoConfiguration.class));

	@Test
	void theClientRunsCommandsOnTheMainLoop() {
		this.contexts
			.run((context) -> assertThat(context.getBean(SubprocessClient.class).exec("echo", "text").run().text())
				.isEqualTo("text\n"));
	}

	@Test
	void namedCommandsHaveTheirSettings() {
		this.contexts
			.withPropertyValues("eventloop.client.commands.greet.exec=sh,-c,echo $GREETING $0 $1",
					"eventloop.client.commands.greet.environment.GREETING=Hello",
					"eventloop.client.commands.greet.directory=/", "eventloop.client.commands.slow.exec=sleep,60",
					"eventloop.client.commands.slow.timeout=200ms",
					"eventloop.client.commands.slow.teardown=SIGTERM 1s, SIGKILL",
					"eventloop.client.commands.odd.exec=sh,-c,exit 3",
					"eventloop.client.commands.odd.success-codes=0,3", "eventloop.client.commands.odd.max-output=1KB")
			.run((context) -> {
				SubprocessClient client = context.getBean(SubprocessClient.class);
				assertThat(client.command("greet", "dear", "reader").line()).isEqualTo("Hello dear reader");
				assertThatExceptionOfType(SubprocessTimeoutException.class)
					.isThrownBy(() -> client.command("slow").run())
					.withMessage("slow was still running after 200 ms, its timeout; "
							+ "the teardown ended it with step 'SIGTERM 1s'");
				assertThat(client.command("odd").run().returnCode()).isEqualTo(3);
				assertThatIllegalArgumentException().isThrownBy(() -> client.command("other"))
					.withMessage("There is no command named 'other'; use one of [greet, slow, odd]");
			});
	}

	@Test
	void defaultsHoldForAllCommands() {
		this.contexts
			.withPropertyValues("eventloop.client.defaults.timeout=200ms", "eventloop.client.errors-in-messages=false",
					"eventloop.client.max-concurrent=2")
			.run((context) -> {
				SubprocessClient client = context.getBean(SubprocessClient.class);
				assertThatExceptionOfType(SubprocessTimeoutException.class)
					.isThrownBy(() -> client.exec("sleep", "60").run());
				assertThatExceptionOfType(SubprocessFailedException.class)
					.isThrownBy(() -> client.shell("echo secret >&2; exit 1").timeout(Duration.ofSeconds(20)).run())
					.withMessage("sh ended with exit code 1");
			});
	}

	@Test
	void customizersAreAppliedInTheirOrder() {
		this.contexts.withUserConfiguration(Customizers.class).run((context) -> {
			assertThat(context.getBean(SubprocessClient.class).command("named").line()).isEqualTo("second");
			assertThat(context.getBean(SubprocessClient.Builder.class))
				.isNotSameAs(context.getBean(SubprocessClient.Builder.class));
		});
	}

	@Test
	void itBacksOffToTheApplications() {
		SubprocessClient own = mock(SubprocessClient.class);
		this.contexts.withBean(SubprocessClient.class, () -> own)
			.run((context) -> assertThat(context.getBean(SubprocessClient.class)).isSameAs(own));
		this.contexts.withPropertyValues("eventloop.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SubprocessClient.class));
	}

	@Test
	void aMissingProgramIsAWarningOrAFailure(CapturedOutput output) {
		this.contexts.withPropertyValues("eventloop.client.commands.gone.exec=no-such-program,secret")
			.run((context) -> assertThat(output)
				.contains("There is no program 'no-such-program' for command 'gone'; runs of it fail")
				.doesNotContain("secret"));
		refused("eventloop.client.commands.gone.exec", "There is no such program.",
				"eventloop.client.commands.gone.exec=/no/such/program", "eventloop.client.commands.gone.required=true");
	}

	@Test
	void namedCommandsHaveTheirRestrictions() {
		this.contexts
			.withPropertyValues("eventloop.client.commands.x.exec=sh,-c,umask; nice; cat /proc/self/limits",
					"eventloop.client.commands.x.umask=027", "eventloop.client.commands.x.nice=0",
					"eventloop.client.commands.x.no-new-privileges=true", "eventloop.client.commands.x.rlimits.cpu=90s",
					"eventloop.client.commands.x.rlimits.nofile=99", "eventloop.client.commands.x.rlimits.nproc=9999",
					"eventloop.client.commands.x.rlimits.as=1GB", "eventloop.client.commands.x.rlimits.core=0B",
					"eventloop.client.commands.x.rlimits.fsize=3MB")
			.run((context) -> assertThat(context.getBean(SubprocessClient.class).command("x").run().lines())
				.map((line) -> line.replaceAll(" {2,}| $", "|"))
				.contains("0027", "Max cpu time|90|91|seconds|", "Max open files|99|99|files|",
						"Max processes|9999|9999|processes|", "Max address space|1073741824|1073741824|bytes|",
						"Max core file size|0|0|bytes|", "Max file size|3145728|3145728|bytes|"));
	}

	@Test
	void restrictionsThatMakeNoSenseAreRefused() {
		String prefix = "eventloop.client.commands.x.";
		refused(prefix + "user", "Set eventloop.client.commands.x.group, too.", prefix + "exec=true",
				prefix + "user=7");
		refused(prefix + "group", "Group id -7 is not within 0 and 4294967294.", prefix + "exec=true",
				prefix + "group=-7");
		// What YAML makes of 027
		refused(prefix + "umask", "in YAML put it in quotes, such as '027'.", prefix + "exec=true",
				prefix + "umask=23");
		refused(prefix + "nice", "Niceness 20 is not within -20 and 19.", prefix + "exec=true", prefix + "nice=20");
		refused(prefix + "rlimits.cpu", "Limit cpu 0 is not within 1 and", prefix + "exec=true",
				prefix + "rlimits.cpu=0s");
		refused(prefix + "rlimits.as", "Limit as -1 is not within 1 and", prefix + "exec=true",
				prefix + "rlimits.as=-1B");
	}

	@Test
	void restrictionsThatCannotBeImposedAreSaidAtTheStart(CapturedOutput output) {
		assumeFalse(ProcessRights.RAISE_LIMITS.isHeld(), "may raise limits");
		long ours = ProcessRights.hardLimit("Max open files").orElseThrow();
		String limit = "eventloop.client.commands.x.rlimits.nofile=" + (ours + 1);
		this.contexts.withPropertyValues("eventloop.client.commands.x.exec=true,secret", limit)
			.run((context) -> assertThat(output)
				.contains("Command 'x' cannot be restricted, and runs of it fail: limit nofile=" + (ours + 1))
				.doesNotContain("secret"));
		refused("eventloop.client.commands.x.exec", "It cannot be restricted: limit nofile=" + (ours + 1),
				"eventloop.client.commands.x.exec=true", limit, "eventloop.client.commands.x.required=true");
	}

	@Test
	void aRefusedCommandDoesNotTellItsArguments() {
		this.contexts
			.withPropertyValues("eventloop.client.commands.x.exec[0]=", "eventloop.client.commands.x.exec[1]=secret")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat("%s %s".formatted(ex.getValue(), ex.getMessage()))
							.doesNotContain("secret")));
	}

	@Test
	void valuesThatMakeNoSenseAreRefused() {
		refused("eventloop.client.commands.x.exec", "It names no program.", "eventloop.client.commands.x.timeout=1s");
		refused("eventloop.client.commands.x.timeout", "It must be positive.", "eventloop.client.commands.x.exec=true",
				"eventloop.client.commands.x.timeout=0s");
		refused("eventloop.client.commands.x.max-concurrent", "It must not be negative",
				"eventloop.client.commands.x.exec=true", "eventloop.client.commands.x.max-concurrent=-1");
		refused("eventloop.client.queue", "It must not be negative", "eventloop.client.queue=-1");
		refused("eventloop.client.defaults.timeout", "It must not be negative.",
				"eventloop.client.defaults.timeout=-1s");
		refused("eventloop.client.defaults.max-output", "It must be positive.",
				"eventloop.client.defaults.max-output=0B");
		for (String teardown : new String[] { "SIGTERM 5s", "SIGTERM", "SIGTERM 1s, close-input 1s, SIGKILL",
				"SIGKILL, SIGTERM 1s", "SIGODD 1s, SIGKILL", "SIGTERM soon, SIGKILL", "" }) {
			refused("eventloop.client.defaults.teardown", "Use steps such as",
					"eventloop.client.defaults.teardown=" + teardown);
		}
	}

	private void refused(String property, String reason, String... properties) {
		this.contexts.withPropertyValues(properties)
			.run((context) -> assertThat(context.getStartupFailure()).as(String.join(" ", properties))
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo(property);
					assertThat(ex.getReason()).contains(reason);
				}));
	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		SubprocessClientCustomizer second() {
			return (builder) -> builder.command("named", List.of("echo", "second"), (command) -> command);
		}

		@Bean
		@Order(1)
		SubprocessClientCustomizer first() {
			return (builder) -> builder.command("named", List.of("echo", "first"), (command) -> command);
		}

	}

}
