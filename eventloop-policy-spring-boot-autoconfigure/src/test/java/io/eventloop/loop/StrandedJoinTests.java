package io.eventloop.loop;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * Threads that wait for a loop that does not run, or never will again.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource
@ExtendWith(OutputCaptureExtension.class)
class StrandedJoinTests {

	private final EventLoop loop;

	StrandedJoinTests(LoopKind kind) {
		this.loop = kind.newLoop();
	}

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	@Test
	void joinOnAClosedLoopFailsAtOnce() {
		LoopFuture<String> future = this.loop.createFuture();
		this.loop.close();
		assertThatException().isThrownBy(future::join)
			.isInstanceOf(CompletionException.class)
			.havingCause()
			.isInstanceOf(IllegalStateException.class)
			.withMessageContaining("is closed; create another");
		assertThatException().isThrownBy(future::get).isInstanceOf(ExecutionException.class);
		assertThatException().isThrownBy(() -> future.get(1, TimeUnit.DAYS)).isInstanceOf(ExecutionException.class);
	}

	@Test
	void closingTheLoopFailsWhatThreadsWaitFor() {
		LoopFuture<String> future = this.loop.createFuture();
		CompletableFuture<String> joined = inThread(future::join);
		CompletableFuture<String> stage = inThread(() -> future.thenApply(String::trim).join());
		this.loop.close();
		assertThatException().isThrownBy(joined::join).withMessageContaining("is closed");
		assertThatException().isThrownBy(stage::join).withMessageContaining("is closed");
	}

	@Test
	void retiredLoopFailsWhatThreadsWaitForWithItsReason() {
		LoopFuture<String> future = this.loop.createFuture();
		CompletableFuture<String> joined = inThread(future::join);
		this.loop.retire("This loop is at rest; wake it");
		assertThatException().isThrownBy(joined::join).withMessageContaining("This loop is at rest; wake it");
		assertThatException().isThrownBy(() -> this.loop.createFuture().join())
			.withMessageContaining("This loop is at rest; wake it");
		assertThat(this.loop.isClosed()).isFalse();
	}

	@Test
	void resumedLoopIsWaitedForAgain() {
		this.loop.retire("This loop is at rest; wake it");
		this.loop.resume();
		assertThat(this.loop.whyRetired()).isNull();
		LoopFuture<String> future = this.loop.createFuture();
		CompletableFuture<String> joined = inThread(future::join);
		this.loop.callSoon(() -> future.complete("done"));
		assertThat(this.loop.runUntilComplete(future)).isEqualTo("done");
		assertThat(joined.join()).isEqualTo("done");
	}

	@Test
	void loopThatIsClosedForAReasonTellsIt() {
		LoopFuture<String> future = this.loop.createFuture();
		CompletableFuture<String> joined = inThread(future::join);
		this.loop.close("This loop is closed for good; take another");
		assertThatException().isThrownBy(joined::join).withMessageContaining("closed for good; take another");
		assertThatException().isThrownBy(() -> this.loop.callSoon(() -> {
		})).isInstanceOf(IllegalStateException.class).withMessage("This loop is closed for good; take another");
	}

	@Test
	void workInAnExecutorOutlivesTheLoop() {
		CountDownLatch working = new CountDownLatch(1);
		LoopFuture<String> work = this.loop.runInExecutor(null, () -> {
			working.await();
			return "done";
		});
		this.loop.close();
		CompletableFuture<String> joined = inThread(() -> work.thenApply(String::trim).join());
		working.countDown();
		assertThat(joined.join()).isEqualTo("done");
	}

	@Test
	void joinOnAnOpenLoopThatDoesNotRunWarnsOnceAndWaits(CapturedOutput output) {
		LoopFuture<String> future = this.loop.createFuture();
		CompletableFuture<String> joined = inThread(future::join);
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(output).contains("has waited 5 s for a future of " + this.loop));
		assertThat(joined).isNotDone();
		future.complete("done");
		assertThat(joined.join()).isEqualTo("done");
		assertThat(output.getOut().split("has waited 5 s", -1)).hasSize(2);
	}

	@Test
	void interruptedJoinWaitsOnAndStaysInterrupted() {
		LoopFuture<String> future = this.loop.createFuture();
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			future.join();
			interrupted.complete(Thread.currentThread().isInterrupted());
		}, "interrupted-0");
		thread.start();
		await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
		thread.interrupt();
		await().until(() -> thread.getState() == Thread.State.WAITING);
		future.complete("done");
		assertThat(interrupted.join()).isTrue();
	}

	private static <T> CompletableFuture<T> inThread(Supplier<T> waiting) {
		Thread[] thread = new Thread[1];
		CompletableFuture<T> result = CompletableFuture.supplyAsync(waiting, (work) -> {
			thread[0] = new Thread(work, "waiting-0");
			thread[0].start();
		});
		await().until(() -> result.isDone() || thread[0].getState() == Thread.State.TIMED_WAITING
				|| thread[0].getState() == Thread.State.WAITING);
		return result;
	}

}
