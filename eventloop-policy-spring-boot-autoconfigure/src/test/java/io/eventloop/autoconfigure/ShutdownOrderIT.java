package io.eventloop.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.testsupport.RequireIoUring;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an application may still do with its children while it stops.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class ShutdownOrderIT {

	private static final SubprocessSpec SLOW = SubprocessSpec.shell("sleep 1; exit 7");

	private final Joins joins = new Joins();

	@ParameterizedTest
	@ValueSource(classes = { AsyncBeans.Pool.class, AsyncBeans.ThreadPerTask.class })
	void asyncWorkKeepsItsChildUntilItIsDone(Class<?> executor) {
		ConfigurableApplicationContext context = start(WebApplicationType.NONE, List.of(AsyncBeans.class, executor),
				"spring.task.execution.shutdown.await-termination=true",
				"spring.task.execution.shutdown.await-termination-period=20s");
		context.getBean(AsyncBeans.Worker.class).work(SLOW);
		await().until(() -> !context.getBean(EventLoop.class).subprocessTransports().isEmpty());
		context.close();
		assertThat(this.joins.outcomes()).extracting(Joins.Outcome::text).containsExactly("7");
	}

	@Test
	void executorWorkKeepsItsChildUntilItIsDone() {
		ConfigurableApplicationContext context = start(WebApplicationType.NONE, List.of(StartingBeans.None.class));
		EventLoop loop = context.getBean(EventLoop.class);
		Subprocess child = loop.subprocess(SLOW).join();
		loop.runInExecutor(null, () -> this.joins.note(() -> child.onExit().join()));
		context.close();
		assertThat(this.joins.outcomes()).extracting(Joins.Outcome::text).containsExactly("7");
	}

	@Test
	@DisplayName("N47 a request that waits for a child is answered during graceful shutdown")
	void requestInFlightIsAnswered() {
		ConfigurableApplicationContext context = start(WebApplicationType.SERVLET, List.of(WebBeans.Mvc.class),
				"server.shutdown=graceful");
		CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> WebBeans.get(context, "slow"));
		await().until(() -> !context.getBean(EventLoop.class).subprocessTransports().isEmpty());
		context.close();
		assertThat(answer.join()).isEqualTo("7");
	}

	@Test
	void inputIsClosedBeforeAnySignal(CapturedOutput output) {
		ConfigurableApplicationContext context = start(WebApplicationType.NONE, List.of(StartingBeans.None.class));
		Subprocess child = context.getBean(EventLoop.class)
			.subprocess(SubprocessSpec.shell("trap 'exit 9' TERM; echo ready; cat; exit 5").pipes())
			.join();
		assertThat(new String(child.stdout().readLine().join(), StandardCharsets.UTF_8)).startsWith("ready");
		context.close();
		assertThat(child.returnCode()).isEqualTo(OptionalInt.of(5));
		assertThat(output).doesNotContain("Killed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "threaded", "pidfd", "io-uring", "multi-loop" })
	void childrenThatArriveDuringTheStopAreAskedToo(String watcher, CapturedOutput output) {
		RequireIoUring.forWatcher(watcher);
		ConfigurableApplicationContext context = start(WebApplicationType.NONE, List.of(StartingBeans.None.class),
				"eventloop.watcher=" + watcher);
		EventLoop loop = context.getBean(EventLoop.class);
		List<LoopFuture<Subprocess>> launches = IntStream.range(0, 300)
			.mapToObj((i) -> loop.subprocess(SubprocessSpec.exec("sleep", "600")))
			.toList();
		context.close();
		assertThat(launches).allSatisfy((launch) -> {
			assertThat(launch).isDone();
			assertThat(launch.join().returnCode()).isEqualTo(OptionalInt.of(-15));
			assertThat(ProcessHandle.of(launch.join().pid())).isEmpty();
		});
		assertThat(output).doesNotContain("Killed");
	}

	@Test
	@DisplayName("N48 a stop honours Boot's time for a phase and the grace period, and counts what it drops")
	void stopIsBoundedTwice(CapturedOutput output) {
		ConfigurableApplicationContext context = start(WebApplicationType.NONE, List.of(StartingBeans.None.class),
				"spring.lifecycle.timeout-per-shutdown-phase=300ms", "eventloop.shutdown.grace-period=4s");
		EventLoop loop = context.getBean(EventLoop.class);
		CountDownLatch end = new CountDownLatch(1);
		loop.runInExecutor(null, () -> {
			end.await();
			return null;
		});
		loop.createTask(() -> loop.<Void>createFuture());
		long begin = System.nanoTime();
		context.close();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
		end.countDown();
		assertThat(output).contains("Closing the event loops before 1 tasks and 1 pieces of executor work were done")
			.contains("phase " + EventLoopLifecycle.PHASE);
	}

	@Test
	void childrenOfALoopThatHangsAreAskedAndTheCallbackIsShown(CapturedOutput output) {
		ConfigurableApplicationContext context = start(WebApplicationType.NONE, List.of(StartingBeans.None.class),
				"eventloop.shutdown.grace-period=2s");
		EventLoop loop = context.getBean(EventLoop.class);
		Subprocess child = loop.subprocess(SubprocessSpec.exec("sleep", "600")).join();
		CountDownLatch end = new CountDownLatch(1);
		CountDownLatch blocked = new CountDownLatch(1);
		loop.callSoonThreadsafe(() -> {
			blocked.countDown();
			Hanging.until(end);
		});
		await().until(() -> blocked.getCount() == 0);
		context.close();
		assertThat(output).contains("did not stop in time").contains("Hanging.until").doesNotContain("Killed");
		end.countDown();
		await().untilAsserted(() -> assertThat(child.returnCode()).isEqualTo(OptionalInt.of(-15)));
	}

	@Test
	void ownLoopOfTheApplicationClosesAfterItsDependentsAndTheExecutors(CapturedOutput output) {
		ConfigurableApplicationContext context = start(WebApplicationType.NONE,
				List.of(OwnLoopBeans.class, StoppingBeans.Owner.class));
		EventLoop loop = context.getBean(EventLoop.class);
		context.close();
		assertThat(loop.isClosed()).isTrue();
		assertThat(this.joins.outcomes()).extracting(Joins.Outcome::text).contains("-15");
		assertThat(output).doesNotContain("Cannot close").doesNotContain("Killed");
	}

	private ConfigurableApplicationContext start(WebApplicationType type, List<Class<?>> beans, String... properties) {
		return new SpringApplicationBuilder(JoiningApplication.class).sources(beans.toArray(Class<?>[]::new))
			.web(type)
			.properties("server.port=0", "spring.main.banner-mode=off")
			.properties(properties)
			.initializers((context) -> context.getBeanFactory().registerSingleton("joins", this.joins))
			.run();
	}

}
