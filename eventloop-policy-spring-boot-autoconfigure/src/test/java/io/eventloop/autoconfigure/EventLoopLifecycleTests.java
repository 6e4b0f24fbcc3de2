package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.EventLoops;
import io.eventloop.SubprocessSpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * When the loops run, stop and close.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class EventLoopLifecycleTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withPropertyValues("eventloop.shutdown.grace-period=2s")
		.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class));

	@Test
	void loopsStopAfterTheWebServerAndItsGracefulShutdown() {
		this.contextRunner.run((context) -> assertThat(context.getBean(EventLoopLifecycle.class).getPhase())
			.isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE)
			.isLessThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE));
	}

	@Test
	void mainLoopIsTheLoopOfTheMainContext() {
		this.contextRunner.run((context) -> {
			AtomicReference<EventLoop> seen = new AtomicReference<>();
			EventLoop loop = context.getBean(EventLoop.class);
			loop.callSoonThreadsafe(() -> seen.set(context.getBean(EventLoopPolicy.class).getEventLoop()));
			await().untilAsserted(() -> assertThat(seen).hasValue(loop));
		});
	}

	@Test
	void loopsStopAfterTheTaskExecutorsAndSchedulers() {
		this.contextRunner.run((context) -> assertThat(context.getBean(EventLoopLifecycle.class).getPhase())
			.isLessThan(ExecutorConfigurationSupport.DEFAULT_PHASE));
	}

	@Test
	void stoppedContextRefusesChildrenUntilItIsStartedAgain() {
		this.contextRunner.run((context) -> {
			EventLoop loop = context.getBean(EventLoop.class);
			ConfigurableApplicationContext source = context.getSourceApplicationContext();
			source.stop();
			assertThat(context.getBean(EventLoopService.class).state()).isEqualTo(ServiceState.ENDING);
			assertThat(loop.isRunning()).isTrue();
			assertThatIllegalStateException().isThrownBy(() -> loop.subprocess(SubprocessSpec.exec("true")))
				.withMessageStartingWith("The application context is stopping or stopped");
			source.start();
			assertThat(context.getBean(EventLoopService.class).state()).isEqualTo(ServiceState.RUNNING);
			assertThat(loop.subprocess(SubprocessSpec.exec("true")).join().onExit().join()).isZero();
		});
	}

	@Test
	void loopThatACallbackHasStoppedRunsAgainWithTheContext() {
		this.contextRunner.run((context) -> {
			EventLoop loop = context.getBean(EventLoop.class);
			loop.callSoonThreadsafe(loop::stop);
			await().untilAsserted(() -> assertThat(MainLoopThreads.alive()).isEmpty());
			assertThatException().isThrownBy(() -> loop.createTask(() -> loop.<Void>createFuture()).join())
				.withMessageContaining("The main event loop was stopped, by a callback that called its stop()");
			context.getSourceApplicationContext().stop();
			context.getSourceApplicationContext().start();
			CountDownLatch ran = new CountDownLatch(1);
			loop.callSoonThreadsafe(ran::countDown);
			assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
		});
	}

	@Test
	void closedContextClosesTheLoop() {
		AtomicReference<EventLoop> loop = new AtomicReference<>();
		this.contextRunner.run((context) -> loop.set(context.getBean(EventLoop.class)));
		assertThat(loop.get().isClosed()).isTrue();
		assertThat(MainLoopThreads.alive()).isEmpty();
	}

	@Test
	void loopsOfOtherContextsAreStoppedAndClosed() throws InterruptedException {
		AtomicReference<EventLoop> other = new AtomicReference<>();
		AtomicReference<Thread> thread = new AtomicReference<>();
		this.contextRunner.run((context) -> {
			thread.set(new Thread(() -> {
				other.set(EventLoops.newEventLoop());
				EventLoops.setEventLoop(other.get());
				other.get().runForever();
				await().until(() -> other.get().isClosed());
			}, "other-0"));
			thread.get().start();
			await().until(() -> other.get() != null && other.get().isRunning());
		});
		thread.get().join();
		assertThat(other.get().isClosed()).isTrue();
	}

	@Test
	@DisplayName("N40 a loop that has ended by itself hangs nothing")
	void loopThatHasEndedHangsNothing() {
		AtomicReference<EventLoop> loop = new AtomicReference<>();
		this.contextRunner.run((context) -> {
			loop.set(context.getBean(EventLoop.class));
			loop.get().callSoonThreadsafe(loop.get()::stop);
			await().until(() -> !loop.get().isRunning());
		});
		assertThat(loop.get().isClosed()).isTrue();
	}

	@Test
	void loopWhoseCallbackBlocksIsLeftAndReported(CapturedOutput output) {
		CountDownLatch blocked = new CountDownLatch(1);
		AtomicReference<EventLoop> loop = new AtomicReference<>();
		this.contextRunner.run((context) -> {
			loop.set(context.getBean(EventLoop.class));
			CountDownLatch blocking = new CountDownLatch(1);
			loop.get().callSoonThreadsafe(() -> {
				blocking.countDown();
				awaitUninterrupted(blocked);
			});
			blocking.await();
		});
		assertThat(output).contains("did not stop in time")
			.contains(EventLoopLifecycleTests.class.getName() + ".awaitUninterrupted");
		assertThatException().isThrownBy(() -> loop.get().createFuture().join())
			.withMessageContaining("The event loop is closed, as its application context is");
		blocked.countDown();
		await().untilAsserted(() -> assertThat(loop.get().isClosed()).isTrue());
	}

	@Test
	void contextMayBeClosedFromItsLoop() {
		this.contextRunner.run((context) -> {
			EventLoop loop = context.getBean(EventLoop.class);
			loop.callSoonThreadsafe(context.getSourceApplicationContext()::close);
			await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				assertThat(MainLoopThreads.alive()).isEmpty();
				assertThat(loop.isClosed()).isTrue();
			});
		});
	}

	@Test
	void loopThatRunsAlreadyIsLeftToItsOwner() throws Exception {
		EventLoop own = EventLoops.newEventLoop();
		Thread thread = new Thread(own::runForever, "own-0");
		thread.start();
		await().until(own::isRunning);
		this.contextRunner.withBean("own", EventLoop.class, () -> own)
			.run((context) -> assertThat(MainLoopThreads.alive()).isEmpty());
		thread.join();
		assertThat(own.isClosed()).isTrue();
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
