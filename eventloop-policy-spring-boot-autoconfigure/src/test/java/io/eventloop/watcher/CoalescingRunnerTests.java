package io.eventloop.watcher;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(30)
class CoalescingRunnerTests {

	private final AtomicInteger runs = new AtomicInteger();

	@Test
	@DisplayName("S182 a request from within a run is served after it, not inside")
	void requestFromWithinIsServedAfterwards() {
		List<String> log = new ArrayList<>();
		CoalescingRunner[] self = new CoalescingRunner[1];
		self[0] = new CoalescingRunner(() -> {
			log.add("begin");
			if (this.runs.incrementAndGet() == 1) {
				self[0].request();
				self[0].request();
			}
			log.add("end");
		});
		self[0].request();
		assertThat(log).containsExactly("begin", "end", "begin", "end");
	}

	@Test
	@DisplayName("S182 requests of other threads do not wait, are not lost, and share a run")
	void requestsOfOtherThreadsShareARun() throws Exception {
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		CoalescingRunner runner = new CoalescingRunner(() -> {
			if (this.runs.incrementAndGet() == 1) {
				running.countDown();
				await(goOn);
			}
		});
		Thread first = new Thread(runner::request);
		first.start();
		await(running);
		for (int i = 0; i < 10; i++) {
			runner.request();
		}
		assertThat(this.runs).hasValue(1);
		goOn.countDown();
		first.join();
		assertThat(this.runs).hasValue(2);
	}

	@Test
	void everyRequestIsFollowedByARun() throws Exception {
		AtomicInteger written = new AtomicInteger();
		AtomicInteger seen = new AtomicInteger();
		AtomicBoolean inside = new AtomicBoolean();
		CoalescingRunner runner = new CoalescingRunner(() -> {
			assertThat(inside.getAndSet(true)).isFalse();
			seen.set(written.get());
			inside.set(false);
		});
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			threads.add(new Thread(() -> {
				for (int n = 0; n < 20_000; n++) {
					written.incrementAndGet();
					runner.request();
				}
			}));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(seen).hasValue(80_000);
	}

	@Test
	void oneThatFailsDoesNotEndItAll() {
		CoalescingRunner runner = new CoalescingRunner(() -> {
			if (this.runs.incrementAndGet() == 1) {
				throw new IllegalStateException("failed");
			}
		});
		assertThatIllegalStateException().isThrownBy(runner::request);
		runner.request();
		assertThat(this.runs).hasValue(2);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
