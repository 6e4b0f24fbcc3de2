package io.eventloop.loop;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

import io.eventloop.CapturedContext;
import io.eventloop.ContextCapture;
import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.Handle;
import io.eventloop.LoopExceptionHandler;
import io.eventloop.LoopFuture;
import io.eventloop.LoopStatistics;
import io.eventloop.TimerHandle;
import io.eventloop.subprocess.ClosingSteps;
import io.eventloop.subprocess.FailurePaths;
import io.eventloop.subprocess.MemoryReserve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all loops have in common: scheduling, the run, tasks, the executor and errors.
 * What a loop waits on is its subclass's.
 *
 * @since 0.1.0
 */
public abstract class BaseEventLoop implements EventLoop {

	private static final Logger logger = LoggerFactory.getLogger(EventLoop.class);

	static {
		FailurePaths.prepare();
	}

	private static final Duration MAX_DELAY = Duration.ofDays(36_500);

	private static final long MAX_DELAY_NANOS = MAX_DELAY.toNanos();

	private final CallbackRunner runner = new CallbackRunner(this, new EventSource() {

		@Override
		public void select(long timeoutNanos) {
			BaseEventLoop.this.select(timeoutNanos);
		}

		@Override
		public void wakeup() {
			BaseEventLoop.this.wakeup();
		}

	});

	private final LoopWork work = new LoopWork(this);

	private final ExceptionReporter exceptions = new ExceptionReporter(this);

	private final CloseListeners closeListeners = new CloseListeners();

	private final Runnable[] closing = { this.work::shutdown, this::release, this.runner::clear,
			this::tellCloseListeners, this.work::loopClosed };

	private volatile @Nullable ContextCapture contextCapture = ContextCapture.findDefault();

	private volatile boolean debug = Boolean.getBoolean("eventloop.debug");

	BaseEventLoop() {
	}

	/**
	 * Wait for what the loop waits on, and {@linkplain #ready queue} what is ready. On
	 * the loop's thread.
	 * @param timeoutNanos how long to wait: 0 not at all, negative without limit
	 */
	abstract void select(long timeoutNanos);

	/**
	 * Let the {@link #select} in progress, or the next one, return at once. From any
	 * thread.
	 */
	abstract void wakeup();

	/**
	 * Release what the loop waits on. Called once.
	 */
	abstract void release();

	/**
	 * Queue the callback of an event. On the loop's thread.
	 * @param handle the callback
	 */
	final void ready(CallbackHandle handle) {
		this.runner.add(handle);
	}

	/**
	 * Return whether nothing is known to be waiting, or due within the given time, but
	 * the callback in progress. On the loop's thread.
	 * @param nanos the time
	 */
	final boolean isFreeFor(long nanos) {
		return this.runner.isFreeFor(nanos);
	}

	@Override
	public final void runForever() {
		checkOpen();
		this.runner.run();
	}

	@Override
	public final <T> T runUntilComplete(CompletionStage<T> stage) {
		checkOpen();
		return new RunUntilComplete(this).run(stage);
	}

	@Override
	public final void stop() {
		this.runner.stop();
	}

	@Override
	public final boolean isRunning() {
		return this.runner.isRunning();
	}

	@Override
	public final boolean isClosed() {
		return this.closeListeners.isClosed();
	}

	@Override
	public final void close() {
		if (this.runner.isRunning()) {
			throw new IllegalStateException("Cannot close %s while it runs; stop it first".formatted(this));
		}
		if (!this.closeListeners.close()) {
			return;
		}
		ClosingSteps.run(this.closing);
	}

	private void tellCloseListeners() {
		this.closeListeners.tell((listener, ex) -> callExceptionHandler(
				ExceptionContext.of("Error in a close listener", ex, "listener", listener)));
	}

	@Override
	public final void addCloseListener(Runnable listener) {
		this.closeListeners.add(listener);
	}

	@Override
	public final Handle callSoon(Runnable callback) {
		CallbackHandle handle = prepare(new CallbackHandle(callback));
		if (this.runner.isForeignThread()) {
			refuseInDebug();
			this.runner.post(handle);
		}
		else {
			this.runner.add(handle);
		}
		return handle;
	}

	@Override
	public final Handle callSoonThreadsafe(Runnable callback) {
		CallbackHandle handle = prepare(new CallbackHandle(callback));
		this.runner.post(handle);
		return handle;
	}

	/**
	 * Queue the callback of a task. From any thread.
	 * @param handle the callback
	 * @param context the context to run it in
	 */
	final void post(CallbackHandle handle, @Nullable CapturedContext context) {
		checkOpen();
		describe(handle, context);
		this.runner.post(handle);
	}

	@Override
	public final TimerHandle callLater(Duration delay, Runnable callback) {
		return schedule(time() + nanos(delay), callback);
	}

	/**
	 * Keep due times so near to each other that their difference has no overflow.
	 */
	private static long nanos(Duration delay) {
		if (delay.isNegative()) {
			return 0;
		}
		return (delay.compareTo(MAX_DELAY) < 0) ? delay.toNanos() : MAX_DELAY_NANOS;
	}

	@Override
	public final TimerHandle callAt(long when, Runnable callback) {
		long now = time();
		return schedule(Math.max(now - MAX_DELAY_NANOS, Math.min(now + MAX_DELAY_NANOS, when)), callback);
	}

	private TimerHandle schedule(long when, Runnable callback) {
		TimedHandle timer = prepare(new TimedHandle(when, callback));
		if (this.runner.isForeignThread()) {
			refuseInDebug();
			callSoonThreadsafe(() -> MemoryReserve.insist(() -> this.runner.add(timer)));
		}
		else {
			this.runner.add(timer);
		}
		return timer;
	}

	@Override
	public final long time() {
		return System.nanoTime();
	}

	@Override
	public final <T> LoopFuture<T> createFuture() {
		return new LoopFuture<>(this);
	}

	@Override
	public final <T> LoopFuture<T> createTask(Supplier<? extends CompletionStage<T>> supplier) {
		return this.work.start(supplier);
	}

	@Override
	public final Set<LoopFuture<?>> allTasks() {
		return this.work.tasks();
	}

	@Override
	public final <T> LoopFuture<T> runInExecutor(@Nullable Executor executor, Callable<T> blocking) {
		return this.work.submit(executor, blocking);
	}

	@Override
	public final void setDefaultExecutor(ExecutorService executor) {
		this.work.setDefaultExecutor(executor);
	}

	@Override
	public final LoopFuture<Void> shutdownDefaultExecutor() {
		return shutdownDefaultExecutor(ExecutorTermination.UNLIMITED);
	}

	@Override
	public final LoopFuture<Void> shutdownDefaultExecutor(Duration limit) {
		checkOpen();
		return ExecutorTermination.await(this, this.work, this.work.defaultExecutor().shutdown(), limit);
	}

	@Override
	public final void setContextCapture(@Nullable ContextCapture capture) {
		this.contextCapture = capture;
	}

	@Override
	public final @Nullable CapturedContext captureContext() {
		ContextCapture capture = this.contextCapture;
		try {
			CapturedContext captured = (capture != null) ? capture.capture() : null;
			return (captured != null) ? new GuardedContext(captured, this) : null;
		}
		catch (RuntimeException ex) {
			logger.error("The context of thread '{}' cannot be captured; a callback of {} runs without it",
					Thread.currentThread().getName(), this, ex);
			return null;
		}
	}

	@Override
	public final void setInterruptHandler(@Nullable Runnable handler) {
		this.runner.interrupts().setHandler(handler);
	}

	@Override
	public final @Nullable Runnable getInterruptHandler() {
		return this.runner.interrupts().handler();
	}

	@Override
	public final void setExceptionHandler(@Nullable LoopExceptionHandler handler) {
		this.exceptions.setHandler(handler);
	}

	@Override
	public final @Nullable LoopExceptionHandler getExceptionHandler() {
		return this.exceptions.getHandler();
	}

	@Override
	public void defaultExceptionHandler(ExceptionContext context) {
		this.exceptions.log(context);
	}

	@Override
	public final void callExceptionHandler(ExceptionContext context) {
		this.exceptions.report(context);
	}

	@Override
	public final void setDebug(boolean debug) {
		this.debug = debug;
	}

	@Override
	public final boolean isDebug() {
		return this.debug;
	}

	@Override
	public final void setSlowCallbackDuration(Duration duration) {
		this.runner.slow().setDuration(duration);
	}

	@Override
	public final Duration getSlowCallbackDuration() {
		return this.runner.slow().duration();
	}

	@Override
	public final LoopStatistics statistics() {
		return this.runner.statistics();
	}

	final void checkOpen() {
		if (isClosed()) {
			throw new IllegalStateException("%s is closed; create another with newEventLoop".formatted(this));
		}
	}

	private <H extends CallbackHandle> H prepare(H handle) {
		checkOpen();
		return describe(handle);
	}

	/**
	 * Give a handle what it carries: the context of this thread, and in debug mode what
	 * to tell of it.
	 */
	final <H extends CallbackHandle> H describe(H handle) {
		return describe(handle, captureContext());
	}

	private <H extends CallbackHandle> H describe(H handle, @Nullable CapturedContext context) {
		handle.carry(context, this.debug);
		return handle;
	}

	private void refuseInDebug() {
		if (this.debug) {
			throw new IllegalStateException(
					"Called from thread '%s', which is not the one of %s; use callSoonThreadsafe"
						.formatted(Thread.currentThread().getName(), this));
		}
	}

	@Override
	public String toString() {
		String state = isClosed() ? "closed" : (isRunning() ? "running" : "stopped");
		return "%s[%s]".formatted(getClass().getSimpleName(), state);
	}

}
