package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import io.eventloop.ChildLimits;
import io.eventloop.EventLoop;
import io.eventloop.Signal;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.Teardown;
import io.eventloop.client.OutputLimitException;
import io.eventloop.client.RunningSubprocess;
import io.eventloop.client.SubprocessClient;
import io.eventloop.client.SubprocessCommand;
import io.eventloop.client.SubprocessRejectedException;
import io.eventloop.client.SubprocessTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Which setting holds where several say something, as docs/running-commands.md has it.
 */
@Timeout(60)
class SettingsOrderTests {

	private static final UnaryOperator<SubprocessCommand> NOTHING = UnaryOperator.identity();

	private final ApplicationContextRunner contexts = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(EventLoopAutoConfiguration.class, SubprocessClientAutoConfiguration.class));

	private final ApplicationContextRunner yaml = this.contexts.withPropertyValues(
			"eventloop.client.defaults.max-output=2KB", "eventloop.client.commands.named.exec=head,-c,100000,/dev/zero",
			"eventloop.client.commands.named.max-output=6KB",
			"eventloop.client.commands.plain.exec=head,-c,100000,/dev/zero");

	@Test
	void defaultsOfYamlReplaceTheLibrarys() {
		this.yaml.run((context) -> assertThat(limit(zeros(context.getBean(SubprocessClient.class)))).isEqualTo(2048));
	}

	@Test
	void defaultsOfCustomizersReplaceThoseOfYamlInTheirOrder() {
		this.yaml.withUserConfiguration(Customizers.class).run((context) -> {
			SubprocessClient client = context.getBean(SubprocessClient.class);
			assertThat(limit(zeros(client))).isEqualTo(4000);
			assertThat(limit(client.command("plain"))).isEqualTo(4000);
		});
	}

	@Test
	void defaultsOfTheCodeThatBuildsAClientReplaceThoseOfCustomizers() {
		this.yaml.withUserConfiguration(Customizers.class).run((context) -> {
			SubprocessClient client = context.getBean(SubprocessClient.Builder.class)
				.defaults((command) -> command.maxOutput(5000))
				.build();
			assertThat(limit(zeros(client))).isEqualTo(5000);
		});
	}

	@Test
	void aNamedCommandReplacesAllDefaults() {
		this.yaml.withUserConfiguration(Customizers.class).run((context) -> {
			SubprocessClient client = context.getBean(SubprocessClient.Builder.class)
				.defaults((command) -> command.maxOutput(5000))
				.build();
			assertThat(limit(client.command("named"))).isEqualTo(6144);
		});
	}

	@Test
	void theCodeThatRunsACommandHasTheLastWord() {
		this.yaml.run(
				(context) -> assertThat(limit(context.getBean(SubprocessClient.class).command("named").maxOutput(7000)))
					.isEqualTo(7000));
	}

	@Test
	void aCommandOfTheSameNameReplacesTheOtherAltogether() {
		this.yaml.run((context) -> {
			SubprocessClient client = context.getBean(SubprocessClient.Builder.class)
				.command("named", List.of("head", "-c", "100000", "/dev/zero"), NOTHING)
				.build();
			assertThat(limit(client.command("named"))).as("not that of the command in YAML").isEqualTo(2048);
		});
	}

	@Test
	void variablesAndArgumentsAddUp() {
		this.contexts
			.withPropertyValues(
					"eventloop.client.commands.say.exec=sh,-c,echo $GREETING ${NAME-none} ${TITLE-none} $*,sh,dear",
					"eventloop.client.commands.say.environment.GREETING=Hello",
					"eventloop.client.commands.say.environment.TITLE=Dr")
			.run((context) -> {
				SubprocessCommand say = context.getBean(SubprocessClient.class).command("say", "one", "two");
				assertThat(say.environment("NAME", "Ada").environment("TITLE", null).line())
					.isEqualTo("Hello Ada none dear one two");
				assertThat(say.environment("GREETING", "Bye").arguments("three").line())
					.isEqualTo("Bye none Dr dear one two three");
			});
	}

	@Test
	void limitsAddUp() {
		this.contexts
			.withPropertyValues("eventloop.client.commands.one.exec=sleep,60",
					"eventloop.client.commands.one.max-concurrent=1", "eventloop.client.commands.one.queue=0")
			.run((context) -> {
				SubprocessCommand wider = context.getBean(SubprocessClient.class).command("one").limit(5);
				try (RunningSubprocess running = wider.start().join()) {
					assertThat(running.subprocess().returnCode()).isEmpty();
					assertThatExceptionOfType(SubprocessRejectedException.class).isThrownBy(wider::run);
				}
			});
	}

	@Test
	void aTimeoutIsReplacedButNotTakenAway() {
		this.contexts.withPropertyValues("eventloop.client.defaults.timeout=30s").run((context) -> {
			SubprocessCommand sleep = context.getBean(SubprocessClient.class).exec("sleep", "60");
			assertThatExceptionOfType(SubprocessTimeoutException.class)
				.isThrownBy(() -> sleep.timeout(Duration.ofMillis(100)).run())
				.withMessageContaining("100 ms");
			assertThatIllegalArgumentException().isThrownBy(() -> sleep.timeout(Duration.ZERO))
				.withMessageContaining("gives a command no time");
		});
	}

	@Test
	void aSpecHasNothingOfTheClients() {
		this.yaml.withPropertyValues("eventloop.client.defaults.timeout=1ms").run((context) -> {
			Subprocess child = context.getBean(EventLoop.class)
				.subprocess(SubprocessSpec.exec("head", "-c", "10000", "/dev/zero").pipes())
				.join();
			assertThat(child.communicate().join().stdout()).hasSize(10_000);
			assertThat(child.transport().teardown()).isNull();
		});
	}

	@Test
	void theTeardownOfACommandIsThatOfItsSpec() {
		Teardown own = Teardown.signal(Signal.SIGINT, Duration.ofSeconds(3)).thenKill();
		this.contexts.withPropertyValues("eventloop.client.defaults.teardown=SIGTERM 2s, SIGKILL").run((context) -> {
			SubprocessCommand sleep = context.getBean(SubprocessClient.class).exec("sleep", "60");
			assertThat(teardown(sleep)).hasToString("SIGTERM 2s, SIGKILL");
			assertThat(teardown(sleep.teardown(own))).isEqualTo(own);
		});
	}

	@Test
	void whatCommunicateIsGivenReplacesTheLoopsLimit() {
		this.contexts.withPropertyValues("eventloop.subprocess.max-output=1KB").run((context) -> {
			EventLoop loop = context.getBean(EventLoop.class);
			SubprocessSpec zeros = SubprocessSpec.exec("head", "-c", "10000", "/dev/zero").pipes();
			assertThat(loop.subprocess(zeros).join().communicate()).failsWithin(Duration.ofSeconds(30));
			assertThat(loop.subprocess(zeros).join().communicate(null, 20_000).join().stdout()).hasSize(10_000);
		});
	}

	@Test
	void customizersOfTheLoopReplaceItsProperties() {
		this.contexts.withPropertyValues("eventloop.children.max-active=1", "eventloop.children.max-pending=2")
			.withBean(EventLoopCustomizer.class,
					() -> (loop) -> loop.setChildLimits(loop.getChildLimits().withMaxActive(7)))
			.run((context) -> {
				ChildLimits limits = context.getBean(EventLoop.class).getChildLimits();
				assertThat(limits.maxActive()).isEqualTo(7);
				assertThat(limits.maxPending()).isEqualTo(2);
			});
	}

	private static Teardown teardown(SubprocessCommand command) {
		try (RunningSubprocess running = command.start().join()) {
			return running.subprocess().transport().teardown();
		}
	}

	private static SubprocessCommand zeros(SubprocessClient client) {
		return client.exec("head", "-c", "100000", "/dev/zero");
	}

	private static long limit(SubprocessCommand command) {
		return catchThrowableOfType(OutputLimitException.class, command::run).limit();
	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		SubprocessClientCustomizer second() {
			return (builder) -> builder.defaults((command) -> command.maxOutput(4000));
		}

		@Bean
		@Order(1)
		SubprocessClientCustomizer first() {
			return (builder) -> builder.defaults((command) -> command.maxOutput(3000));
		}

	}

}
