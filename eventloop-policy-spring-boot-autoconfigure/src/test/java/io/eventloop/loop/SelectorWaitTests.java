package io.eventloop.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.eventloop.EventLoop;
import io.eventloop.posix.Descriptors;
import io.eventloop.posix.Descriptors.Pipe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When, and for how long, a loop waits for its selector.
 */
@Timeout(30)
class SelectorWaitTests {

	private final RecordingSelector selector = new RecordingSelector();

	private final EventLoop loop = new SelectorEventLoop(this.selector);

	private final List<Object> ran = new ArrayList<>();

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	@Test
	@DisplayName("S58 a chain of callbacks does not keep events waiting")
	void chainDoesNotStarveEvents() throws Exception {
		Pipe pipe = Descriptors.pipe();
		Descriptors.close(pipe.writeEnd());
		Runnable chain = new Runnable() {

			@Override
			public void run() {
				SelectorWaitTests.this.loop.callSoon(this);
			}

		};
		this.loop.addReader(pipe.readEnd(), this.loop::stop);
		this.loop.callSoon(chain);
		this.loop.runForever();
		this.loop.removeReader(pipe.readEnd());
		Descriptors.close(pipe.readEnd());
	}

	@Test
	@DisplayName("S64 due timers run behind the events of the same pass")
	void timersRunBehindEvents() throws Exception {
		Pipe pipe = Descriptors.pipe();
		Descriptors.close(pipe.writeEnd());
		this.loop.addReader(pipe.readEnd(), () -> this.ran.add("event"));
		this.loop.callAt(this.loop.time() - 1, () -> this.ran.add("timer"));
		runOnce();
		assertThat(this.ran).containsExactly("event", "timer");
		this.loop.removeReader(pipe.readEnd());
		Descriptors.close(pipe.readEnd());
	}

	@Test
	@DisplayName("S66 the loop does not wait while something is ready or a stop is asked for")
	void doesNotWaitWhileReady() {
		this.loop.callSoon(this.loop::stop);
		this.loop.runForever();
		runOnce();
		assertThat(this.selector.timeouts).containsOnly(0L);
	}

	@Test
	@DisplayName("S66 the loop waits until the next timer, a day at most, and without limit when there is none")
	void waitsUntilTheNextTimer() throws Exception {
		Thread stopper = stopWhenAsleep();
		this.loop.runForever();
		stopper.join();
		assertThat(this.selector.timeouts).last().isEqualTo(-1L);
		this.selector.timeouts.clear();
		this.loop.callLater(Duration.ofDays(3), () -> {
		});
		stopper = stopWhenAsleep();
		this.loop.runForever();
		stopper.join();
		assertThat(this.selector.timeouts).last().isEqualTo(Duration.ofDays(1).toNanos());
		this.selector.timeouts.clear();
		this.loop.callLater(Duration.ofHours(1), () -> {
		});
		stopper = stopWhenAsleep();
		this.loop.runForever();
		stopper.join();
		assertThat(this.selector.timeouts).last()
			.satisfies((timeout) -> assertThat(timeout).isBetween(1L, Duration.ofHours(1).toNanos()));
	}

	@Test
	@DisplayName("S66 the loop waits at least 100 µs for a timer, and not at all for one that is due")
	void waitsNotTooShortForATimer() {
		for (int i = 0; i < 50; i++) {
			this.loop.callLater(Duration.ofNanos(i * 5_000L), () -> {
			});
		}
		this.loop.callLater(Duration.ofMillis(1), this.loop::stop);
		this.loop.runForever();
		assertThat(this.selector.timeouts).allMatch((timeout) -> timeout == 0 || timeout >= 100_000);
	}

	@Test
	@DisplayName("S69 a short time makes few useless wake-ups")
	void fewUselessWakeUps() {
		this.loop.callLater(Duration.ofMillis(30), this.loop::stop);
		this.loop.runForever();
		assertThat(this.selector.timeouts).hasSizeLessThanOrEqualTo(3);
	}

	@Test
	@DisplayName("S77 an event's callback does not run twice around a stop")
	void eventRunsOnceAroundAStop() throws Exception {
		Pipe pipe = Descriptors.pipe();
		Descriptors.close(pipe.writeEnd());
		this.loop.addReader(pipe.readEnd(), () -> {
			this.ran.add("event");
			this.loop.removeReader(pipe.readEnd());
			this.loop.stop();
		});
		this.loop.runForever();
		runOnce();
		assertThat(this.ran).containsExactly("event");
		Descriptors.close(pipe.readEnd());
	}

	@Test
	@DisplayName("S76 a stop before the run makes one pass with a poll that does not wait")
	void stopBeforeTheRunDoesNotWait() {
		runOnce();
		assertThat(this.selector.timeouts).containsExactly(0L);
	}

	@Test
	@DisplayName("S87 closing the loop closes its selector, once")
	void closesItsSelector() {
		this.loop.close();
		this.loop.close();
		assertThat(this.selector.calls).containsOnlyOnce("close");
	}

	private Thread stopWhenAsleep() {
		CountDownLatch running = new CountDownLatch(1);
		this.loop.callSoon(running::countDown);
		Thread stopper = new Thread(() -> {
			try {
				running.await();
				org.awaitility.Awaitility.await()
					.until(() -> List.copyOf(this.selector.timeouts).stream().anyMatch((timeout) -> timeout != 0));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			finally {
				this.loop.callSoonThreadsafe(this.loop::stop);
			}
		});
		stopper.start();
		return stopper;
	}

	private void runOnce() {
		this.loop.stop();
		this.loop.runForever();
	}

}
