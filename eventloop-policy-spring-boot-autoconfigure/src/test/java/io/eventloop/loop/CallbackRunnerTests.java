package io.eventloop.loop;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class CallbackRunnerTests {

	private final EventLoop loop = new ProactorEventLoop();

	private final Sleep sleep = new Sleep();

	private final CallbackRunner runner = new CallbackRunner(this.loop, this.sleep);

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	@Test
	@DisplayName("S70 who cannot wake the loop, as at the end of its stack, leaves that to the next one")
	void failedWakeUpIsLeftToTheNext() {
		CompletableFuture<Void> run = CompletableFuture.runAsync(this.runner::run);
		List<String> ran = new CopyOnWriteArrayList<>();
		this.sleep.begun.acquireUninterruptibly();
		this.sleep.failing = true;
		assertThatExceptionOfType(StackOverflowError.class)
			.isThrownBy(() -> this.runner.post(new CallbackHandle(() -> ran.add("first"))));
		this.sleep.failing = false;
		this.runner.post(new CallbackHandle(() -> {
			ran.add("second");
			this.runner.stop();
		}));
		run.orTimeout(20, TimeUnit.SECONDS).join();
		assertThat(ran).containsExactly("first", "second");
	}

	/**
	 * What a loop waits on, where waking it may fail.
	 */
	private static final class Sleep implements EventSource {

		private final Semaphore begun = new Semaphore(0);

		private final Semaphore woken = new Semaphore(0);

		private volatile boolean failing;

		@Override
		public void select(long timeoutNanos, Consumer<CallbackHandle> ready) {
			if (timeoutNanos != 0) {
				this.begun.release();
				this.woken.acquireUninterruptibly();
			}
		}

		@Override
		public void wakeup() {
			if (this.failing) {
				throw new StackOverflowError();
			}
			this.woken.release();
		}

	}

}
