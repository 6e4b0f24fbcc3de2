package io.eventloop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.policy.DefaultEventLoopPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(30)
@ExtendWith(OutputCaptureExtension.class)
class RunnerTests {

	private final RecordingPolicy policy = new RecordingPolicy();

	@BeforeEach
	void setPolicy() {
		EventLoops.setEventLoopPolicy(this.policy);
	}

	@AfterEach
	void restorePolicy() {
		EventLoops.setEventLoopPolicy(null);
		assertThat(this.policy.made).allMatch(EventLoop::isClosed);
	}

	@Test
	@DisplayName("S34 gives the main task's result")
	void givesTheResult() {
		assertThat(EventLoops.<String>run((loop) -> {
			LoopFuture<String> result = loop.createFuture();
			loop.callLater(Duration.ofMillis(1), () -> result.complete("done"));
			return result;
		})).isEqualTo("done");
	}

	@Test
	@DisplayName("S34 rethrows the main task's error")
	void rethrowsTheError() {
		IllegalArgumentException error = new IllegalArgumentException("wrong");
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> EventLoops.run((loop) -> CompletableFuture.failedFuture(error)))
			.withCause(error);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> EventLoops.run((loop) -> {
			throw error;
		})).withCause(error);
	}

	@Test
	@DisplayName("S34 a cancelled main task surfaces as cancelled")
	void cancelledMainTask() {
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> EventLoops.run((loop) -> {
			LoopFuture<Void> never = loop.createFuture();
			loop.callSoon(() -> never.cancel(false));
			return never;
		}));
	}

	@Test
	@DisplayName("S36 debug is on, off, or left as the loop has it")
	void debugHasThreeStates() {
		assertThat(debugOf(true, false)).isTrue();
		assertThat(debugOf(false, true)).isFalse();
		assertThat(debugOf(null, true)).isTrue();
		assertThat(debugOf(null, false)).isFalse();
	}

	@Test
	@DisplayName("S37 refuses to run in a thread with a running loop")
	void refusesToRunInsideALoop() {
		List<IllegalStateException> refusals = new ArrayList<>();
		EventLoops.<Void>run((loop) -> {
			try {
				EventLoops.run((inner) -> inner.createFuture());
			}
			catch (IllegalStateException ex) {
				refusals.add(ex);
			}
			return CompletableFuture.completedFuture(null);
		});
		assertThat(refusals).singleElement()
			.satisfies((refusal) -> assertThat(refusal).hasMessageContaining("Cannot run from thread '%s'",
					Thread.currentThread().getName()));
		assertThat(this.policy.made).hasSize(1);
	}

	@Test
	@DisplayName("S38 tasks that are left are cancelled, and awaited before the loop closes")
	void leftoversAreCancelledAndAwaited() {
		SlowToCancel leftover = new SlowToCancel(new CancellationException("tidied up"));
		List<LoopFuture<?>> tasks = new ArrayList<>();
		EventLoops.<Void>run((loop) -> {
			leftover.loop = loop;
			tasks.add(loop.createTask(() -> leftover));
			return CompletableFuture.completedFuture(null);
		});
		assertThat(leftover.closedAtTheEnd).isFalse();
		assertThat(tasks).singleElement().matches(LoopFuture::isCancelled);
	}

	@Test
	@DisplayName("S39 the errors of leftovers reach the exception handler, one report per task")
	void errorsOfLeftoversAreReported() {
		List<@Nullable Throwable> reported = new ArrayList<>();
		EventLoops.<Void>run((loop) -> {
			loop.setExceptionHandler((source, context) -> reported.add(context.exception()));
			for (int i = 0; i < 3; i++) {
				SlowToCancel leftover = new SlowToCancel(new IllegalArgumentException("leftover " + i));
				leftover.loop = loop;
				loop.createTask(() -> leftover);
			}
			return CompletableFuture.completedFuture(null);
		});
		assertThat(reported).extracting((error) -> (error != null) ? error.getMessage() : null)
			.containsExactlyInAnyOrder("leftover 0", "leftover 1", "leftover 2");
	}

	@Test
	@DisplayName("S40 a step of the shutdown that fails does not skip the next")
	void failingStepDoesNotSkipTheNext() {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		Runner runner = new Runner();
		runner.<Void>run((loop) -> {
			loop.setDefaultExecutor(executor);
			CompletableFuture<Void> stopping = new CompletableFuture<>() {

				@Override
				public boolean cancel(boolean mayInterruptIfRunning) {
					loop.stop();
					return true;
				}

			};
			loop.createTask(() -> stopping);
			return CompletableFuture.completedFuture(null);
		});
		assertThatIllegalStateException().isThrownBy(runner::close).withMessageContaining("was stopped before");
		assertThat(executor.isShutdown()).isTrue();
		assertThat(this.policy.made).singleElement().matches(EventLoop::isClosed);
		assertThat(this.policy.calls).containsExactly("new", "set loop", "set null");
	}

	@Test
	@DisplayName("S41 without a factory the policy makes the loop, and it is set once for the runner")
	void policyMakesTheLoop() {
		try (Runner runner = new Runner()) {
			EventLoop loop = runner.getLoop();
			assertThat(runner.<EventLoop>run(CompletableFuture::completedFuture)).isSameAs(loop);
			assertThat(runner.<EventLoop>run(CompletableFuture::completedFuture)).isSameAs(loop);
			assertThat(this.policy.calls).containsExactly("new", "set loop");
		}
	}

	@Test
	@DisplayName("S41 with a factory the policy is neither asked nor told")
	void factoryMakesTheLoop() {
		EventLoop own = new SelectorEventLoop();
		try (Runner runner = new Runner(null, () -> own)) {
			assertThat(runner.<EventLoop>run(CompletableFuture::completedFuture)).isSameAs(own);
		}
		assertThat(own.isClosed()).isTrue();
		assertThat(this.policy.calls).isEmpty();
	}

	@Test
	@DisplayName("S42 order of the shutdown: tasks, default executor, current loop, close")
	void orderOfTheShutdown() throws Exception {
		CountDownLatch tasksCancelled = new CountDownLatch(1);
		EventLoops.<Void>run((loop) -> {
			this.policy.beforeSetNull = () -> this.policy.calls.add(loop.allTasks().isEmpty() ? "no tasks" : "tasks");
			loop.runInExecutor(null, () -> {
				tasksCancelled.await();
				this.policy.calls.add("executor done");
				return null;
			});
			loop.createTask(loop::<Void>createFuture).whenComplete((result, failure) -> {
				this.policy.calls.add("cancelled");
				tasksCancelled.countDown();
			});
			loop.addCloseListener(() -> this.policy.calls.add("closed"));
			return CompletableFuture.completedFuture(null);
		});
		assertThat(this.policy.calls).containsExactly("new", "set loop", "cancelled", "executor done", "no tasks",
				"set null", "closed");
	}

	@Test
	@DisplayName("S42 S95 work that outlasts the limit is warned about and left")
	void executorHasALimit(CapturedOutput output) {
		CountDownLatch end = new CountDownLatch(1);
		try (Runner runner = new Runner(null, null, Duration.ofMillis(20))) {
			runner.<Void>run((loop) -> {
				loop.runInExecutor(null, () -> {
					end.await();
					return null;
				});
				return CompletableFuture.completedFuture(null);
			});
		}
		assertThat(output).contains("still works after PT0.02S");
		end.countDown();
	}

	@Test
	@DisplayName("S43 closing twice is harmless, use after that is an error")
	void closing() {
		Runner runner = new Runner();
		runner.getLoop();
		runner.close();
		runner.close();
		assertThatIllegalStateException().isThrownBy(runner::getLoop).withMessageContaining("The runner is closed");
		assertThatIllegalStateException().isThrownBy(() -> runner.run((loop) -> loop.createFuture()))
			.withMessageContaining("The runner is closed");
		assertThat(this.policy.calls).containsExactly("new", "set loop", "set null");
	}

	@Test
	@DisplayName("S43 a runner that was never used makes no loop to close it")
	void closingAnUnusedRunner() {
		new Runner().close();
		assertThat(this.policy.calls).isEmpty();
	}

	@Test
	@DisplayName("S44 a runner's runs share its loop, one after the other")
	void runsShareTheLoop() {
		try (Runner runner = new Runner()) {
			EventLoop first = runner.run(CompletableFuture::completedFuture);
			EventLoop second = runner.run(CompletableFuture::completedFuture);
			assertThat(second).isSameAs(first);
		}
	}

	@Test
	@DisplayName("S47 after a run the main thread's loop is null, so a bare get throws")
	void currentLoopIsNullAfterwards() {
		EventLoops.<Void>run((loop) -> CompletableFuture.completedFuture(null));
		assertThatIllegalStateException().isThrownBy(EventLoops::getEventLoop)
			.withMessageContaining("There is no current event loop");
	}

	@Test
	void aLoopThatCannotBeSetIsClosed() {
		this.policy.beforeSet = () -> {
			throw new IllegalStateException("refused");
		};
		assertThatIllegalStateException().isThrownBy(() -> new Runner().getLoop()).withMessage("refused");
		assertThat(this.policy.made).singleElement().matches(EventLoop::isClosed);
	}

	private static boolean debugOf(@Nullable Boolean debug, boolean loopsOwn) {
		try (Runner runner = new Runner(debug, () -> {
			EventLoop loop = new SelectorEventLoop();
			loop.setDebug(loopsOwn);
			return loop;
		})) {
			return runner.getLoop().isDebug();
		}
	}

	/**
	 * Ends some passes after it was cancelled, with an error.
	 */
	private static final class SlowToCancel extends CompletableFuture<Void> {

		private final Throwable end;

		@Nullable EventLoop loop;

		boolean closedAtTheEnd = true;

		SlowToCancel(Throwable end) {
			this.end = end;
		}

		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			EventLoop current = this.loop;
			assertThat(current).isNotNull();
			current.callLater(Duration.ofMillis(5), () -> {
				this.closedAtTheEnd = current.isClosed();
				completeExceptionally(this.end);
			});
			return true;
		}

	}

	private static final class RecordingPolicy extends DefaultEventLoopPolicy {

		final List<String> calls = new ArrayList<>();

		final List<EventLoop> made = new ArrayList<>();

		Runnable beforeSet = () -> {
		};

		Runnable beforeSetNull = () -> {
		};

		RecordingPolicy() {
			super(Thread.currentThread());
		}

		@Override
		public EventLoop newEventLoop() {
			this.calls.add("new");
			EventLoop loop = super.newEventLoop();
			this.made.add(loop);
			return loop;
		}

		@Override
		public void setEventLoop(@Nullable EventLoop loop) {
			((loop != null) ? this.beforeSet : this.beforeSetNull).run();
			this.calls.add((loop != null) ? "set loop" : "set null");
			super.setEventLoop(loop);
		}

	}

}
