package io.eventloop.autoconfigure;

import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

import io.eventloop.EventLoop;
import io.eventloop.Signal;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.Teardown;
import io.eventloop.client.RunningSubprocess;
import io.eventloop.client.SubprocessClient;
import io.eventloop.testsupport.RecordingContainment;
import io.eventloop.testsupport.RequireIoUring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of children when the application context closes.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class ChildrenShutdownIT {

	private static final String DEAF = "trap '' TERM; echo ready; while :; do sleep 0.1; done";

	@ParameterizedTest
	@ValueSource(strings = { "threaded", "pidfd", "io-uring", "multi-loop", "safe", "fast" })
	void childrenAreAskedToEnd(String watcher, CapturedOutput output) {
		RequireIoUring.forWatcher(watcher);
		ConfigurableApplicationContext context = start("10s", watcher);
		List<Subprocess> children = IntStream.range(0, 20)
			.mapToObj((i) -> spawn(context, SubprocessSpec.exec("sleep", "600")))
			.toList();
		long begin = System.nanoTime();
		context.close();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
		assertThat(children).allSatisfy((child) -> {
			assertThat(child.returnCode()).isEqualTo(OptionalInt.of(-15));
			assertThat(isGone(child.pid())).isTrue();
		});
		assertThat(output).doesNotContain("Killed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "threaded", "pidfd", "io-uring", "multi-loop", "safe", "fast" })
	void childrenThatDoNotEndAreKilledAndReported(String watcher, CapturedOutput output) {
		RequireIoUring.forWatcher(watcher);
		ConfigurableApplicationContext context = start("1s", watcher);
		Subprocess child = spawn(context, SubprocessSpec.shell(DEAF).stdout(Redirect.PIPE));
		awaitReady(child);
		context.close();
		assertThat(child.returnCode()).isEqualTo(OptionalInt.of(-9));
		assertThat(isGone(child.pid())).isTrue();
		assertThat(output.getOut()).containsPattern(
				"Killed 1 of 1 child processes, which did not end when they were asked to: /bin/sh \\(process %d, \\d+\\.\\d s old\\) after (0\\.[4-9]|[1-9]\\d*\\.\\d) s"
					.formatted(child.pid()))
			.doesNotContain("trap");
	}

	@Test
	void aChildThatIsKilledIsReportedByItsName(CapturedOutput output) {
		ConfigurableApplicationContext context = start("1s", "pidfd");
		Subprocess child = spawn(context, SubprocessSpec.shell(DEAF).stdout(Redirect.PIPE).name("thumbnailer"));
		awaitReady(child);
		context.close();
		assertThat(output.getOut()).contains("thumbnailer, /bin/sh (process %d, ".formatted(child.pid()))
			.doesNotContain("trap");
	}

	@Test
	void commandsAreEndedByTheirOwnTeardown() {
		ConfigurableApplicationContext context = start("30s", "pidfd");
		RunningSubprocess running = context.getBean(SubprocessClient.class)
			.shell("trap 'exit 7' INT; trap '' TERM; echo ready; while :; do sleep 0.1; done")
			.teardown(Teardown.signal(Signal.SIGINT, Duration.ofSeconds(20)).thenKill())
			.start()
			.join();
		awaitReady(running.subprocess());
		context.close();
		assertThat(running.subprocess().returnCode()).as("what the child says to SIGINT").isEqualTo(OptionalInt.of(7));
	}

	@Test
	void aTeardownIsShortenedToTheGracePeriod() {
		ConfigurableApplicationContext context = start("1s", "pidfd");
		RunningSubprocess running = context.getBean(SubprocessClient.class)
			.shell(DEAF)
			.teardown(Teardown.signal(Signal.SIGTERM, Duration.ofMinutes(10)).thenKill())
			.start()
			.join();
		awaitReady(running.subprocess());
		context.close();
		assertThat(running.subprocess().returnCode()).isEqualTo(OptionalInt.of(-9));
	}

	@Test
	void gracePeriodOfZeroKillsAtOnce() {
		ConfigurableApplicationContext context = start("0s", "pidfd");
		Subprocess child = spawn(context, SubprocessSpec.shell(DEAF).stdout(Redirect.PIPE));
		awaitReady(child);
		context.close();
		assertThat(child.returnCode()).isEqualTo(OptionalInt.of(-9));
	}

	@Test
	void grandchildrenOfLeadersEndWithThem() {
		ConfigurableApplicationContext context = start("10s", "pidfd");
		Subprocess child = spawn(context,
				SubprocessSpec.shell("sleep 600 & echo $!; wait").startNewSession(true).stdout(Redirect.PIPE));
		long grandchild = Long.parseLong(awaitReady(child));
		context.close();
		assertThat(isGone(child.pid())).isTrue();
		await().until(() -> hasEnded(grandchild));
	}

	@Test
	void treesOfChildrenAreAskedToEndAndKilled() {
		ConfigurableApplicationContext context = start("1s", "pidfd");
		RecordingContainment containment = new RecordingContainment();
		context.getBean(EventLoop.class).setChildContainment(containment);
		Subprocess child = spawn(context, SubprocessSpec.shell(DEAF).stdout(Redirect.PIPE));
		awaitReady(child);
		context.close();
		assertThat(containment.calls).containsExactly("started", "SIGTERM", "kill");
		assertThat(child.returnCode()).isEqualTo(OptionalInt.of(-9));
	}

	@Test
	void childrenOfALoopThatHasEndedAreEndedToo() {
		ConfigurableApplicationContext context = start("10s", "pidfd");
		Subprocess child = spawn(context, SubprocessSpec.exec("sleep", "600"));
		EventLoop loop = context.getBean(EventLoop.class);
		loop.callSoonThreadsafe(loop::stop);
		await().until(() -> !loop.isRunning());
		long begin = System.nanoTime();
		context.close();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
		await().untilAsserted(() -> assertThat(isGone(child.pid())).isTrue());
	}

	@Test
	void contextClosedFromItsLoopEndsTheChildren() {
		ConfigurableApplicationContext context = start("10s", "pidfd");
		Subprocess child = spawn(context, SubprocessSpec.exec("sleep", "600"));
		context.getBean(EventLoop.class).callSoonThreadsafe(context::close);
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(isGone(child.pid())).isTrue());
	}

	@Test
	void stoppedContextEndsItsChildrenAndCanStartOthersLater() {
		try (ConfigurableApplicationContext context = start("10s", "threaded")) {
			Subprocess first = spawn(context, SubprocessSpec.exec("sleep", "600"));
			context.stop();
			assertThat(first.returnCode()).isEqualTo(OptionalInt.of(-15));
			context.start();
			assertThat(spawn(context, SubprocessSpec.exec("true")).onExit().join()).isZero();
		}
	}

	private static ConfigurableApplicationContext start(String gracePeriod, String watcher) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--eventloop.shutdown.grace-period=" + gracePeriod, "--eventloop.watcher=" + watcher);
	}

	private static Subprocess spawn(ConfigurableApplicationContext context, SubprocessSpec spec) {
		return context.getBean(EventLoop.class).subprocess(spec).join();
	}

	private static String awaitReady(Subprocess child) {
		return new String(child.stdout().readLine().join(), StandardCharsets.UTF_8).strip();
	}

	/**
	 * Reaped, not merely dead.
	 */
	private static boolean isGone(long pid) {
		return ProcessHandle.of(pid).isEmpty();
	}

	/**
	 * Dead; its new parent may not have reaped it yet.
	 */
	private static boolean hasEnded(long pid) {
		return ProcessHandle.of(pid).map((process) -> process.onExit().isDone()).orElse(true);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ EventLoopAutoConfiguration.class, SubprocessClientAutoConfiguration.class })
	static class Application {

	}

}
