package io.eventloop.loop;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(30)
@ParameterizedClass
@EnumSource
class ExecutorTests {

	private final EventLoop loop;

	ExecutorTests(LoopKind kind) {
		this.loop = kind.newLoop();
	}

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	@Test
	@DisplayName("S92 work goes to a default pool, and its result arrives on the loop")
	void workRunsInTheDefaultExecutor() {
		Thread thread = Thread.currentThread();
		LoopFuture<String> name = this.loop.runInExecutor(null, () -> Thread.currentThread().getName());
		CompletableFuture<Boolean> onLoop = name.thenApply((text) -> Thread.currentThread() == thread);
		assertThat(this.loop.runUntilComplete(onLoop)).isTrue();
		assertThat(name.join()).startsWith("eventloop-executor-");
	}

	@Test
	@DisplayName("S92 an error of the work arrives on the loop")
	void errorOfTheWork() {
		LoopFuture<String> failing = this.loop.runInExecutor(null, () -> {
			throw new java.io.IOException("broken");
		});
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.loop.runUntilComplete(failing))
			.withCauseInstanceOf(java.io.IOException.class);
	}

	@Test
	@DisplayName("S93 work cancelled before its start never runs")
	void cancelledBeforeStart() {
		ExecutorService single = Executors.newSingleThreadExecutor();
		CountDownLatch busy = new CountDownLatch(1);
		AtomicBoolean ran = new AtomicBoolean();
		this.loop.runInExecutor(single, () -> {
			busy.await();
			return null;
		});
		LoopFuture<Void> cancelled = this.loop.runInExecutor(single, () -> {
			ran.set(true);
			return null;
		});
		cancelled.cancel(true);
		busy.countDown();
		LoopFuture<String> last = this.loop.runInExecutor(single, () -> "last");
		assertThat(this.loop.runUntilComplete(last)).isEqualTo("last");
		assertThat(ran).isFalse();
		single.shutdown();
	}

	@Test
	@DisplayName("S87 the wait for the executor ends with the loop if its end was on its way there")
	void closingEndsTheWaitForTheExecutor() {
		CountDownLatch working = new CountDownLatch(1);
		this.loop.runInExecutor(null, () -> {
			working.await();
			return null;
		});
		LoopFuture<Void> terminated = this.loop.shutdownDefaultExecutor();
		working.countDown();
		Awaitility.await()
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().equals("eventloop-executor-shutdown")));
		assertThat(terminated.isDone()).isFalse();
		this.loop.close();
		assertThat(terminated.isDone()).isTrue();
	}

	@Test
	@DisplayName("S93 work that ends after the loop's close schedules nothing, and still ends its future")
	void endsAfterClose() {
		CountDownLatch busy = new CountDownLatch(1);
		LoopFuture<String> late = this.loop.runInExecutor(null, () -> {
			busy.await();
			return "late";
		});
		this.loop.close();
		busy.countDown();
		assertThat(late.join()).isEqualTo("late");
	}

	@Test
	@DisplayName("S94 the default executor can be replaced")
	void replacedExecutor() {
		ExecutorService own = Executors.newSingleThreadExecutor((work) -> new Thread(work, "own"));
		this.loop.setDefaultExecutor(own);
		assertThat(this.loop.runUntilComplete(this.loop.runInExecutor(null, () -> Thread.currentThread().getName())))
			.isEqualTo("own");
		this.loop.close();
		assertThat(own.isShutdown()).isTrue();
	}

	@Test
	@DisplayName("S92 the default pool has a limit, and work beyond it waits its turn")
	void defaultPoolHasALimit() throws InterruptedException {
		int limit = Math.min(32, Runtime.getRuntime().availableProcessors() + 4);
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch started = new CountDownLatch(limit);
		AtomicInteger beyond = new AtomicInteger();
		List<LoopFuture<Void>> work = IntStream.range(0, limit)
			.mapToObj((i) -> this.loop.<Void>runInExecutor(null, () -> {
				started.countDown();
				busy.await();
				return null;
			}))
			.toList();
		LoopFuture<Integer> waiting = this.loop.runInExecutor(null, beyond::incrementAndGet);
		started.await();
		assertThat(beyond).hasValue(0);
		busy.countDown();
		assertThat(this.loop.runUntilComplete(waiting)).isOne();
		work.forEach(this.loop::runUntilComplete);
	}

	@Test
	@DisplayName("S95 with a limit the shutdown warns and waits no longer, for all of the work together")
	@ExtendWith(OutputCaptureExtension.class)
	void shutdownWithALimit(CapturedOutput output) {
		CountDownLatch busy = new CountDownLatch(1);
		for (int i = 0; i < 2; i++) {
			this.loop.runInExecutor(null, () -> {
				busy.await();
				return null;
			});
		}
		this.loop.runUntilComplete(this.loop.shutdownDefaultExecutor(Duration.ofMillis(20)));
		assertThat(output).containsOnlyOnce("still works after PT0.02S");
		busy.countDown();
		this.loop.runUntilComplete(this.loop.shutdownDefaultExecutor(Duration.ofSeconds(Long.MAX_VALUE)));
		assertThat(output).containsOnlyOnce("still works");
	}

	@Test
	@DisplayName("S95 a shutdown without a limit waits for the work, and more is refused")
	void shutdownWaitsForTheWorkAndRefusesMore() {
		CountDownLatch busy = new CountDownLatch(1);
		LoopFuture<String> work = this.loop.runInExecutor(null, () -> {
			busy.await();
			return "done";
		});
		LoopFuture<Void> shutdown = this.loop.shutdownDefaultExecutor();
		assertThat(shutdown).isNotDone();
		assertThatIllegalStateException().isThrownBy(() -> this.loop.runInExecutor(null, () -> null))
			.withMessageContaining("was shut down");
		busy.countDown();
		this.loop.runUntilComplete(shutdown);
		assertThat(this.loop.runUntilComplete(work)).isEqualTo("done");
	}

}
