package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.Arrays;

import io.eventloop.Subprocess;
import io.eventloop.supervision.Generation;
import io.eventloop.supervision.SupervisedProcess;
import io.eventloop.supervision.SupervisedProcesses;
import io.eventloop.supervision.SupervisionException;
import io.eventloop.supervision.SupervisionState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class SupervisedProcessAutoConfigurationIT {

	private static final String PREFIX = "eventloop.services.";

	private final ApplicationContextRunner contexts = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(EventLoopAutoConfiguration.class, SupervisedProcessAutoConfiguration.class));

	@Test
	void eachServiceIsABeanAndIsReadyAfterTheStart() {
		Generation[] last = new Generation[1];
		this.contexts
			.withPropertyValues(PREFIX + "server.exec=sh,-c,sleep 0.3; echo listening $PORT; exec sleep 60",
					PREFIX + "server.environment.PORT=42", PREFIX + "server.ready.line=listening \\d+",
					PREFIX + "server.wait=true", PREFIX + "server.depends-on=database",
					PREFIX + "server.stop[0]=TERM 1s", PREFIX + "server.stop[1]=KILL",
					PREFIX + "database.exec=sleep,60", PREFIX + "database.stop=SIGTERM 1s, SIGKILL")
			.run((context) -> {
				SupervisedProcess server = context.getBean("server", SupervisedProcess.class);
				assertThat(server.state()).isEqualTo(SupervisionState.READY);
				assertThat(context.getBean(SupervisedProcesses.class).names()).containsExactly("server", "database");
				assertThat(server.dependencies()).containsExactly(context.getBean("database", SupervisedProcess.class));
				last[0] = server.current().orElseThrow();
			});
		assertThat(last[0].subprocess().returnCode()).hasValue(-15);
	}

	@Test
	void oneThatIsNotWaitedForIsStarted() {
		this.contexts.withPropertyValues(PREFIX + "server.exec=sleep,60", PREFIX + "server.stop=SIGKILL")
			.run((context) -> Awaitility.await()
				.until(() -> context.getBean(SupervisedProcess.class).state() == SupervisionState.READY));
	}

	@Test
	void oneThatIsUsedEarlierIsStartedThen() {
		this.contexts.withUserConfiguration(EarlyUse.class)
			.withPropertyValues(PREFIX + "server.exec=sleep,60", PREFIX + "server.stop=SIGKILL")
			.run((context) -> assertThat(context.getBean(Generation.class).number()).isEqualTo(1));
	}

	@Test
	void theStartFailsWithItsLastLines() {
		this.contexts.withPropertyValues(PREFIX + "server.exec=sh,-c,echo the disk is full >&2; exit 3",
				PREFIX + "server.ready.line=listening", PREFIX + "server.wait=true", PREFIX + "server.restart=never")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(SupervisionException.class)
				.rootCause()
				.hasMessageContaining("server exited with code 3 before it was ready")
				.hasMessageContaining("the disk is full"));
	}

	@Test
	void theStartFailsInTimeWhileItIsStartedAgain() {
		this.contexts
			.withPropertyValues(PREFIX + "server.exec=sh,-c,echo the disk is full >&2; exec sleep 60",
					PREFIX + "server.ready.line=listening", PREFIX + "server.ready.timeout=1s",
					PREFIX + "server.wait=true", PREFIX + "server.backoff.initial=20s", PREFIX + "server.stop=SIGKILL")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("server is not ready after " + Duration.ofSeconds(2).toMillis() + " ms")
				.hasMessageContaining("server was not ready within 1000 ms")
				.hasMessageContaining("the disk is full"));
	}

	@Test
	void aNameThatIsTakenFailsTheStart() {
		this.contexts.withUserConfiguration(Taken.class)
			.withPropertyValues(PREFIX + "server.exec=sleep,60")
			.run((context) -> {
				assertThat(context).hasFailed();
				ServiceNameTakenException failure = (ServiceNameTakenException) context.getStartupFailure();
				assertThat(new ServiceNameTakenFailureAnalyzer().analyze(failure, failure).getAction())
					.isEqualTo("Rename 'eventloop.services.server', or the bean.");
			});
	}

	@Test
	void valuesThatMakeNoSenseFailTheStart() {
		refuses("exec", "exec=");
		refuses("ready.notify", "ready.notify=true", "ready.line=up");
		refuses("ready.notify", "ready.notify=true", "ready.tcp=127.0.0.1:2087");
		refuses("alive.notify", "alive.notify=true", "alive.exec=true");
		refuses("alive", "alive.notify=true", "alive.period=0s");
		refuses("ready", "ready.tcp=2087");
		refuses("stop", "stop=SIGTERM 1s");
		refuses("backoff", "backoff.jitter=2");
		refuses("depends-on", "depends-on=other");
		refuses("depends-on", "depends-on=server");
		refuses("umask", "umask=27");
		refuses("user", "user=1000");
	}

	@Test
	void aServiceNotifies() {
		this.contexts
			.withPropertyValues(PREFIX + "server.exec[0]=perl", PREFIX + "server.exec[1]=-MSocket",
					PREFIX + "server.exec[2]=-e",
					PREFIX + "server.exec[3]=socket(my $s, AF_UNIX, SOCK_DGRAM, 0);"
							+ " send($s, \"READY=$ENV{WATCHDOG_USEC}\" =~ s/6000000/1/r, 0,"
							+ " pack_sockaddr_un($ENV{NOTIFY_SOCKET})); sleep 60",
					PREFIX + "server.ready.notify=true", PREFIX + "server.alive.notify=true",
					PREFIX + "server.alive.period=2s", PREFIX + "server.wait=true", PREFIX + "server.stop=SIGKILL")
			.run((context) -> assertThat(context.getBean(SupervisedProcess.class).state())
				.isEqualTo(SupervisionState.READY));
	}

	@Test
	void aNameWithASlashFailsTheStart() {
		this.contexts.withPropertyValues("eventloop.services[a/b].exec=sleep,60")
			.run((context) -> assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("'/'"));
	}

	@Test
	void aServiceIsRestricted() {
		this.contexts
			.withPropertyValues(PREFIX + "server.exec=sh,-c,umask; ulimit -n; exec sleep 60",
					PREFIX + "server.umask=027", PREFIX + "server.rlimits.nofile=64", PREFIX + "server.output=channel",
					PREFIX + "server.stop=SIGKILL")
			.run((context) -> {
				Subprocess child = context.getBean(SupervisedProcess.class).whenReady().join().subprocess();
				assertThat(child.requireStdout().readLine().join()).asString().isEqualTo("0027\n");
				assertThat(child.requireStdout().readLine().join()).asString().isEqualTo("64\n");
			});
	}

	private void refuses(String property, String... settings) {
		this.contexts.withPropertyValues(PREFIX + "server.exec=sleep,60")
			.withPropertyValues(
					Arrays.stream(settings).map((setting) -> PREFIX + "server." + setting).toArray(String[]::new))
			.run((context) -> assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(failure) -> assertThat(failure.getName()).isEqualTo(PREFIX + "server." + property)));
	}

	@Configuration(proxyBeanMethods = false)
	static class EarlyUse {

		@Bean
		Generation generation(SupervisedProcess server) {
			return server.whenReady().join();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Taken {

		@Bean
		String server() {
			return "taken";
		}

	}

}
