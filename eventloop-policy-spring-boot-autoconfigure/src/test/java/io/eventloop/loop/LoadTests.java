package io.eventloop.loop;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.eventloop.EventLoop;
import io.eventloop.TimerHandle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
@ParameterizedClass
@EnumSource
class LoadTests {

	private final EventLoop loop;

	LoadTests(LoopKind kind) {
		this.loop = kind.newLoop();
	}

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	@Test
	@DisplayName("S70 a million callbacks of eight threads run once each, in each thread's order")
	void aMillionCallbacks() throws InterruptedException {
		int threads = 8;
		int each = 125_000;
		int[] next = new int[threads];
		List<String> wrong = new ArrayList<>();
		AtomicInteger left = new AtomicInteger(threads);
		List<Thread> callers = IntStream.range(0, threads).mapToObj((thread) -> new Thread(() -> {
			for (int i = 0; i < each; i++) {
				int number = i;
				this.loop.callSoonThreadsafe(() -> {
					if (next[thread]++ != number) {
						wrong.add(thread + ": " + number);
					}
				});
			}
			if (left.decrementAndGet() == 0) {
				this.loop.callSoonThreadsafe(this.loop::stop);
			}
		})).toList();
		callers.forEach(Thread::start);
		this.loop.runForever();
		for (Thread caller : callers) {
			caller.join();
		}
		assertThat(wrong).isEmpty();
		assertThat(next).containsOnly(each);
		assertThat(this.loop.statistics().pending()).isZero();
	}

	@Test
	@DisplayName("S54 S65 S68 of 100,000 timers, half of them cancelled, the others run in order")
	void manyTimersRunInOrder() {
		Random random = new Random();
		List<Timer> timers = new ArrayList<>();
		List<Timer> ran = new ArrayList<>();
		long base = this.loop.time();
		for (int i = 0; i < 100_000; i++) {
			long when = base + random.nextInt(50) * 1_000_000L;
			Timer timer = new Timer(i, when);
			timers.add(timer);
			timer.handle = this.loop.callAt(when, () -> ran.add(timer));
		}
		timers.stream().filter(Timer::isOdd).forEach((timer) -> timer.handle.cancel());
		this.loop.callAt(base + Duration.ofMillis(60).toNanos(), this.loop::stop);
		this.loop.runForever();
		timers.removeIf(Timer::isOdd);
		timers.sort(Comparator.comparingLong((timer) -> timer.when));
		assertThat(ran).isEqualTo(timers);
		assertThat(this.loop.statistics().timers()).isZero();
	}

	@Test
	@DisplayName("S48 S68 a loop keeps nothing of 100,000 timers, whether they ran or were cancelled")
	void nothingIsKeptOfTimers() {
		List<WeakReference<Object>> callbacks = new ArrayList<>();
		long now = this.loop.time();
		for (int i = 0; i < 100_000; i++) {
			Callback callback = new Callback();
			callbacks.add(new WeakReference<>(callback));
			TimerHandle handle = this.loop.callAt(now - i % 7, callback);
			if (i % 2 == 0) {
				handle.cancel();
			}
			callbacks.add(new WeakReference<>(handle));
		}
		this.loop.stop();
		this.loop.runForever();
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(callbacks).noneMatch((callback) -> callback.get() != null);
		});
	}

	private static final class Callback implements Runnable {

		@Override
		public void run() {
		}

	}

	private static final class Timer {

		private final int number;

		private final long when;

		private TimerHandle handle;

		Timer(int number, long when) {
			this.number = number;
			this.when = when;
		}

		boolean isOdd() {
			return this.number % 2 == 1;
		}

	}

}
