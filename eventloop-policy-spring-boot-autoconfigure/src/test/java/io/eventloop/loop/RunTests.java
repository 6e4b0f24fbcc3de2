package io.eventloop.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;

import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.LoopFuture;
import io.eventloop.testsupport.Proc;
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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(30)
@ParameterizedClass
@EnumSource
class RunTests {

	private final LoopKind kind;

	private final EventLoop loop;

	private final List<Object> ran = new ArrayList<>();

	RunTests(LoopKind kind) {
		this.kind = kind;
		this.loop = kind.newLoop();
	}

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	@Test
	@DisplayName("S74 running for ever ends only after a stop")
	void runsUntilStopped() {
		this.loop.callSoon(() -> this.loop.callSoon(() -> this.loop.callSoon(() -> {
			this.ran.add("third");
			this.loop.stop();
		})));
		this.loop.runForever();
		assertThat(this.ran).containsExactly("third");
	}

	@Test
	@DisplayName("S75 a stop lets the batch in progress end; what it scheduled waits for the next run")
	void stopLetsTheBatchEnd() {
		this.loop.callSoon(this.loop::stop);
		this.loop.callSoon(() -> {
			this.ran.add("batch");
			this.loop.callSoon(() -> this.ran.add("next"));
		});
		this.loop.runForever();
		assertThat(this.ran).containsExactly("batch");
		runOnce();
		assertThat(this.ran).containsExactly("batch", "next");
	}

	@Test
	@DisplayName("S76 a stop before the run makes one pass")
	void stopBeforeTheRun() {
		this.loop.callSoon(() -> this.ran.add("ran"));
		runOnce();
		assertThat(this.ran).containsExactly("ran");
	}

	@Test
	@DisplayName("S78 a stopped loop can run again")
	void runsAgain() {
		assertThat(this.loop.runUntilComplete(CompletableFuture.completedFuture(1))).isEqualTo(1);
		assertThat(this.loop.runUntilComplete(CompletableFuture.completedFuture(2))).isEqualTo(2);
	}

	@Test
	@DisplayName("S79 a loop is running only inside its run, whatever ends that")
	void isRunning() {
		assertThat(this.loop.isRunning()).isFalse();
		this.loop.callSoon(() -> {
			this.ran.add(this.loop.isRunning());
			this.ran.add(EventLoops.findRunningLoop());
			throw new InternalError("fatal");
		});
		assertThatExceptionOfType(InternalError.class).isThrownBy(this.loop::runForever);
		assertThat(this.ran).containsExactly(true, this.loop);
		assertThat(this.loop.isRunning()).isFalse();
		assertThat(EventLoops.findRunningLoop()).isNull();
	}

	@Test
	@DisplayName("S82 running until complete gives the result, or the error")
	void runUntilComplete() {
		LoopFuture<String> result = this.loop.createFuture();
		this.loop.callSoon(() -> result.complete("done"));
		assertThat(this.loop.runUntilComplete(result)).isEqualTo("done");
		LoopFuture<String> failure = this.loop.createFuture();
		this.loop.callSoon(() -> failure.completeExceptionally(new IllegalArgumentException("wrong")));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.loop.runUntilComplete(failure))
			.withCauseInstanceOf(IllegalArgumentException.class);
		LoopFuture<String> cancelled = this.loop.createFuture();
		this.loop.callSoon(() -> cancelled.cancel(true));
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> this.loop.runUntilComplete(cancelled));
	}

	@Test
	@DisplayName("S82 a future completed by another thread ends the run")
	void runUntilCompleteByAnotherThread() {
		CompletableFuture<String> future = new CompletableFuture<>();
		this.loop.callSoon(() -> future.completeAsync(() -> "done"));
		assertThat(this.loop.runUntilComplete(future)).isEqualTo("done");
	}

	@Test
	@DisplayName("S83 a loop stopped before the future is done is an error")
	void stoppedBeforeDone() {
		this.loop.callSoon(this.loop::stop);
		assertThatIllegalStateException().isThrownBy(() -> this.loop.runUntilComplete(new CompletableFuture<>()))
			.withMessageContaining("stopped before the future was done");
	}

	@Test
	@DisplayName("S84 a future of another loop is refused")
	void futureOfAnotherLoop() {
		try (EventLoop other = this.kind.newLoop()) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.loop.runUntilComplete(other.createFuture()))
				.withMessageContaining("belongs to");
		}
	}

	@Test
	@DisplayName("S85 a fatal error leaves no stop behind")
	void fatalErrorLeavesNoStop() {
		LoopFuture<String> future = this.loop.createFuture();
		this.loop.callSoon(() -> {
			future.complete("done");
			throw new InternalError("fatal");
		});
		assertThatExceptionOfType(InternalError.class).isThrownBy(() -> this.loop.runUntilComplete(future));
		this.loop.callSoon(() -> this.loop.callSoon(() -> {
			this.ran.add("went on");
			this.loop.stop();
		}));
		this.loop.runForever();
		assertThat(this.ran).containsExactly("went on");
	}

	@Test
	@DisplayName("S87 closing is idempotent, empties the queues, and shuts the executor down without waiting")
	void close() {
		ThreadPoolExecutor executor = (ThreadPoolExecutor) Executors.newFixedThreadPool(1);
		this.loop.setDefaultExecutor(executor);
		CompletableFuture<Void> blocked = new CompletableFuture<>();
		this.loop.runInExecutor(null, blocked::get);
		this.loop.callSoon(() -> this.ran.add("never"));
		this.loop.callLater(java.time.Duration.ZERO, () -> this.ran.add("never"));
		this.loop.close();
		this.loop.close();
		assertThat(this.loop.isClosed()).isTrue();
		assertThat(this.loop.statistics().timers()).isZero();
		assertThat(this.loop.statistics().pending()).isZero();
		assertThat(executor.isShutdown()).isTrue();
		assertThat(executor.isTerminated()).isFalse();
		blocked.complete(null);
		Awaitility.await().until(executor::isTerminated);
		assertThatIllegalStateException().isThrownBy(this.loop::runForever).withMessageContaining("is closed");
		assertThatIllegalStateException()
			.isThrownBy(() -> this.loop.runUntilComplete(CompletableFuture.completedFuture(1)))
			.withMessageContaining("is closed");
		assertThat(this.ran).isEmpty();
	}

	@Test
	@DisplayName("S87 close listeners are told once, and a late one at once")
	void closeListeners() {
		this.loop.addCloseListener(() -> this.ran.add("first"));
		this.loop.close();
		this.loop.close();
		this.loop.addCloseListener(() -> this.ran.add("late"));
		assertThat(this.ran).containsExactly("first", "late");
	}

	@Test
	@DisplayName("S87 a task that is not done fails when the loop closes")
	void whatWaitsForAClosedLoopIsTold() {
		LoopFuture<Void> notStarted = this.loop.createTask(CompletableFuture::new);
		this.loop.close();
		assertThat(notStarted).isCompletedExceptionally();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(notStarted::join)
			.withCauseInstanceOf(IllegalStateException.class)
			.withMessageContaining("closed before the task was done");
	}

	@Test
	void twoThreadsCannotRunOneLoop() throws InterruptedException {
		java.util.concurrent.CountDownLatch running = new java.util.concurrent.CountDownLatch(1);
		Thread runner = new Thread(this.loop::runForever);
		this.loop.callSoon(running::countDown);
		runner.start();
		running.await();
		assertThatIllegalStateException().isThrownBy(this.loop::runForever).withMessageContaining("running already");
		assertThat(EventLoops.findRunningLoop()).isNull();
		this.loop.callSoonThreadsafe(this.loop::stop);
		runner.join();
	}

	@Test
	void endlessRecursionIsAnOrdinaryError() {
		List<Throwable> errors = new ArrayList<>();
		this.loop.setExceptionHandler((loop, context) -> errors.add(context.exception()));
		this.loop.callSoon(this::recurse);
		this.loop.callSoon(() -> this.ran.add("next"));
		runOnce();
		assertThat(errors).singleElement().isInstanceOf(StackOverflowError.class);
		assertThat(this.ran).containsExactly("next");
	}

	private void recurse() {
		recurse();
		this.ran.add("never");
	}

	@Test
	@DisplayName("S88 after the close adding readers is an error and removing answers false")
	void descriptorsAfterClose() {
		this.loop.close();
		assertThatIllegalStateException().isThrownBy(() -> this.loop.addReader(0, () -> {
		})).withMessageContaining("is closed");
		assertThatIllegalStateException().isThrownBy(() -> this.loop.addWriter(0, () -> {
		})).withMessageContaining("is closed");
		assertThat(this.loop.removeReader(0)).isFalse();
		assertThat(this.loop.removeWriter(0)).isFalse();
	}

	@Test
	@DisplayName("S89 a closed loop holds no descriptor")
	void internalDescriptorsAreReleased() {
		int before = openDescriptors();
		for (int i = 0; i < 50; i++) {
			EventLoop shortLived = this.kind.newLoop();
			shortLived.stop();
			shortLived.runForever();
			shortLived.close();
		}
		assertThat(openDescriptors()).isLessThan(before + 50);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	@DisplayName("S90 a loop that is collected unclosed is reported, and its descriptors are released")
	void unclosedLoopIsReported(CapturedOutput output) {
		int before = openDescriptors();
		for (int i = 0; i < 20; i++) {
			this.kind.newLoop();
		}
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(output).contains("was never closed");
			assertThat(openDescriptors()).isLessThan(before + 20);
		});
	}

	@Test
	@DisplayName("asynchronous stages of a loop's future run on the loop")
	void asyncStagesRunOnTheLoop() {
		LoopFuture<String> future = this.loop.createFuture();
		Thread thread = Thread.currentThread();
		CompletableFuture<Boolean> stage = future.thenApplyAsync((text) -> Thread.currentThread() == thread);
		this.loop.callSoon(() -> future.completeAsync(() -> "done", Runnable::run));
		assertThat(this.loop.runUntilComplete(stage)).isTrue();
		assertThat(stage).isInstanceOf(LoopFuture.class);
	}

	private static int openDescriptors() {
		return Proc.descriptors().size();
	}

	private void runOnce() {
		this.loop.stop();
		this.loop.runForever();
	}

}
