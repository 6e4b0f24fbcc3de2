package io.eventloop.loop;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.eventloop.EventLoop;
import io.eventloop.SubprocessSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

@Timeout(30)
@ExtendWith(OutputCaptureExtension.class)
class DebugTests {

	private final EventLoop loop = new SelectorEventLoop();

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	@Test
	@DisplayName("S102 debug mode is switched by a call, and by the system property for all new loops")
	void debugIsSwitched() {
		assertThat(this.loop.isDebug()).isFalse();
		this.loop.setDebug(true);
		assertThat(this.loop.isDebug()).isTrue();
		this.loop.setDebug(false);
		assertThat(this.loop.isDebug()).isFalse();
		System.setProperty("eventloop.debug", "true");
		try (EventLoop debugging = new SelectorEventLoop()) {
			assertThat(debugging.isDebug()).isTrue();
		}
		finally {
			System.clearProperty("eventloop.debug");
		}
	}

	@Test
	@DisplayName("S96 work without a callable is refused at once, debugged or not")
	void workIsChecked() {
		assertThatNullPointerException().isThrownBy(() -> this.loop.runInExecutor(null, null))
			.withMessage("'work' must not be null");
	}

	@Test
	@DisplayName("S103 callbacks are slow from 100 ms on, unless something else is said")
	void slowCallbackDuration() {
		assertThat(this.loop.getSlowCallbackDuration()).isEqualTo(Duration.ofMillis(100));
		this.loop.setSlowCallbackDuration(Duration.ofSeconds(Long.MAX_VALUE));
		assertThat(this.loop.getSlowCallbackDuration()).isEqualTo(Duration.ofSeconds(Long.MAX_VALUE));
		assertThatIllegalArgumentException().isThrownBy(() -> this.loop.setSlowCallbackDuration(Duration.ofMillis(-1)))
			.withMessageContaining("PT-0.001S is negative");
	}

	@Test
	@DisplayName("S103 a slow callback is logged in debug mode with how long it took, and counted")
	void slowCallbackIsLogged(CapturedOutput output) {
		debugFrom(Duration.ofMillis(20));
		this.loop.callSoon(new Slow());
		this.loop.callSoon(new Named("a quick callback"));
		runOnce();
		assertThat(output).containsPattern("Handle\\[a slow callback\\] took 0\\.0[2-9]\\d seconds")
			.contains("use runInExecutor")
			.doesNotContain("a quick callback");
		assertThat(this.loop.statistics().slow()).isOne();
	}

	@Test
	@DisplayName("S103 so is the slow start of a task")
	void slowTaskIsLogged(CapturedOutput output) {
		debugFrom(Duration.ofMillis(20));
		this.loop.runUntilComplete(this.loop.createTask(() -> {
			new Slow().run();
			return CompletableFuture.completedFuture("done");
		}));
		assertThat(output).containsPattern("Handle\\[Task\\[.*DebugTests.*\\] took 0\\.0[2-9]\\d seconds");
		assertThat(this.loop.statistics().slow()).isOne();
	}

	@Test
	@DisplayName("S103 a slow callback whose error is reported is logged too")
	void slowFailureIsLogged(CapturedOutput output) {
		debugFrom(Duration.ofMillis(20));
		this.loop.callSoon(() -> {
			new Slow().run();
			throw new IllegalStateException("broken");
		});
		runOnce();
		assertThat(output).contains("Exception in callback").containsPattern("took 0\\.0[2-9]\\d seconds");
	}

	@Test
	@DisplayName("S103 a slow callback is counted too if another thread posts while it runs")
	void slowCallbackWhileOthersPost() {
		this.loop.setDebug(false);
		this.loop.setSlowCallbackDuration(Duration.ofMillis(10));
		this.loop.callSoon(() -> {
			CompletableFuture.runAsync(() -> this.loop.callSoonThreadsafe(this.loop::stop)).join();
			new Slow().run();
		});
		this.loop.runForever();
		assertThat(this.loop.statistics().slow()).isOne();
	}

	@Test
	@DisplayName("S103 outside of debug mode nothing is logged, and a slow batch counts once")
	void slowBatchIsCounted(CapturedOutput output) {
		this.loop.setSlowCallbackDuration(Duration.ofMillis(20));
		this.loop.callSoon(new Slow());
		this.loop.callSoon(new Slow());
		runOnce();
		assertThat(this.loop.statistics().slow()).isOne();
		IntStream.range(0, 100).forEach((i) -> this.loop.callSoon(new Named("a quick callback")));
		runOnce();
		this.loop.callLater(Duration.ofMillis(40), this.loop::stop);
		this.loop.runForever();
		assertThat(this.loop.statistics().slow()).isOne();
		assertThat(output).doesNotContain("took");
	}

	@Test
	@DisplayName("S104 debug logs of a child show its program, and never its arguments")
	void argumentsAreNotLogged(CapturedOutput output) {
		Logger logger = (Logger) LoggerFactory.getLogger("io.eventloop");
		Level before = logger.getLevel();
		logger.setLevel(Level.TRACE);
		debugFrom(Duration.ZERO);
		try {
			this.loop.runUntilComplete(this.loop.createTask(() -> this.loop
				.subprocess(SubprocessSpec.exec("sleep", "4711.4711").environment(Map.of("SECRET", "s3cret")))
				.thenCompose((child) -> {
					child.transport().close();
					return child.onExit();
				})));
		}
		finally {
			logger.setLevel(before);
		}
		assertThat(output).contains("SubprocessTransport[program=sleep")
			.doesNotContain("4711")
			.doesNotContain("s3cret");
	}

	private void debugFrom(Duration slow) {
		this.loop.setDebug(true);
		this.loop.setSlowCallbackDuration(slow);
	}

	private void runOnce() {
		this.loop.stop();
		this.loop.runForever();
	}

	private static class Named implements Runnable {

		private final String name;

		Named(String name) {
			this.name = name;
		}

		@Override
		public void run() {
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	private static final class Slow extends Named {

		Slow() {
			super("a slow callback");
		}

		@Override
		public void run() {
			long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(25);
			while (System.nanoTime() < end) {
				LockSupport.parkNanos(end - System.nanoTime());
			}
		}

	}

}
