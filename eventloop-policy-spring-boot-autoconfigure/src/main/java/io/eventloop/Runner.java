package io.eventloop;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

import io.eventloop.CapturedContext.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on a loop of its own, and cleans up after them. {@link EventLoops#run} uses
 * it.
 * <p>
 * The loop is created when it is first needed. {@link #close()} takes these steps in
 * order, even if some of them fail: the remaining tasks are cancelled and awaited, the
 * default executor is shut down and waited for up to five minutes, the current loop is
 * set to {@code null}, and the loop is closed. Must be used from one thread.
 * <p>
 * <b>Interrupts.</b> An interrupt of the thread cancels the main task; another one before
 * the task has finished ends {@link #run} without waiting for it. An interrupt during
 * {@link #close()} ends its waiting. The thread's interrupt flag is set again at the end
 * of each.
 * <p>
 * <b>Context.</b> All main tasks run in the {@linkplain ContextCapture context} in which
 * the loop was created, if there was anything to carry.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-runner.html#asyncio.Runner">asyncio,
 * Runner</a>
 * @since 0.1.0
 */
public final class Runner implements AutoCloseable {

	private static final Duration EXECUTOR_LIMIT = Duration.ofMinutes(5);

	private enum State {

		CREATED, OPEN, CLOSED

	}

	private final @Nullable Boolean debug;

	private final @Nullable Supplier<? extends EventLoop> loopFactory;

	private final Duration executorLimit;

	private State state = State.CREATED;

	private @Nullable EventLoop loop;

	private @Nullable CapturedContext context;

	/**
	 * Create a runner whose loop the policy creates.
	 */
	public Runner() {
		this(null, null);
	}

	/**
	 * Create a runner.
	 * @param debug whether debug mode is on, or {@code null} to leave it unchanged
	 * @param loopFactory creates the loop, or {@code null} to have the policy create it,
	 * and to set it as the current loop
	 */
	public Runner(@Nullable Boolean debug, @Nullable Supplier<? extends EventLoop> loopFactory) {
		this(debug, loopFactory, EXECUTOR_LIMIT);
	}

	Runner(@Nullable Boolean debug, @Nullable Supplier<? extends EventLoop> loopFactory, Duration executorLimit) {
		this.debug = debug;
		this.loopFactory = loopFactory;
		this.executorLimit = executorLimit;
	}

	/**
	 * Run a task to its end.
	 * @param main creates the task's future; called on the loop
	 * @param <T> the result's type
	 * @return the result
	 * @throws IllegalStateException if a loop runs in this thread, or the runner is
	 * closed
	 * @throws java.util.concurrent.CompletionException if the task failed
	 * @throws java.util.concurrent.CancellationException if it was cancelled, also by an
	 * interrupt
	 */
	public <T> T run(Function<? super EventLoop, ? extends CompletionStage<T>> main) {
		Objects.requireNonNull(main, "'main' must not be null");
		if (RunningLoop.get() != null) {
			throw new IllegalStateException("Cannot run from thread '%s', in which an event loop runs; use createTask"
				.formatted(Thread.currentThread().getName()));
		}
		EventLoop running = getLoop();
		return new InterruptibleRun<>(running, start(running, main)).untilComplete();
	}

	@SuppressWarnings("try") // Scopes are there to end
	private <T> LoopFuture<T> start(EventLoop running, Function<? super EventLoop, ? extends CompletionStage<T>> main) {
		try (Scope scope = (this.context != null) ? this.context.open() : null) {
			return running.createTask(() -> main.apply(running));
		}
	}

	/**
	 * Return the runner's loop, creating it if needed.
	 * @return the loop
	 * @throws IllegalStateException if the runner is closed
	 */
	public EventLoop getLoop() {
		if (this.state == State.CLOSED) {
			throw new IllegalStateException("The runner is closed; create another");
		}
		if (this.loop == null) {
			this.loop = open();
		}
		return this.loop;
	}

	@Override
	public void close() {
		State before = this.state;
		this.state = State.CLOSED;
		EventLoop closing = this.loop;
		if (before != State.OPEN || closing == null) {
			return;
		}
		AtomicBoolean interrupted = new AtomicBoolean(Thread.interrupted());
		closing.setInterruptHandler(() -> {
			interrupted.set(true);
			closing.stop();
		});
		try {
			inOrder(() -> cancelAllTasks(closing), () -> shutdownExecutor(closing), () -> forget(closing));
		}
		finally {
			this.loop = null;
			if (interrupted.get()) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private EventLoop open() {
		EventLoop opened = (this.loopFactory != null) ? this.loopFactory.get() : EventLoops.newEventLoop();
		try {
			if (this.loopFactory == null) {
				EventLoops.setEventLoop(opened);
			}
			if (this.debug != null) {
				opened.setDebug(this.debug);
			}
			this.context = opened.captureContext();
		}
		catch (Throwable ex) {
			opened.close();
			throw ex;
		}
		this.state = State.OPEN;
		return opened;
	}

	private void forget(EventLoop closing) {
		try {
			if (this.loopFactory == null) {
				EventLoops.setEventLoop(null);
			}
		}
		finally {
			closing.close();
		}
	}

	private static void inOrder(Runnable... steps) {
		FirstFailure failure = new FirstFailure();
		for (Runnable step : steps) {
			failure.run(step);
		}
		failure.throwIfAny();
	}

	private static void cancelAllTasks(EventLoop loop) {
		Set<LoopFuture<?>> tasks = loop.allTasks();
		if (tasks.isEmpty()) {
			return;
		}
		tasks.forEach((task) -> task.cancel(true));
		CompletableFuture<?>[] ended = tasks.stream()
			.map((task) -> task.handle((result, ex) -> null))
			.toArray(CompletableFuture<?>[]::new);
		loop.runUntilComplete(CompletableFuture.allOf(ended));
		for (LoopFuture<?> task : tasks) {
			if (task.isCompletedExceptionally() && !task.isCancelled()) {
				Throwable failure = task.handle((result, ex) -> ex).join();
				loop.callExceptionHandler(
						ExceptionContext.of("A task failed while the runner shut down", failure, "future", task));
			}
		}
	}

	private void shutdownExecutor(EventLoop loop) {
		loop.runUntilComplete(loop.shutdownDefaultExecutor(this.executorLimit));
	}

}
