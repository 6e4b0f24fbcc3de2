package io.eventloop.loop;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.eventloop.CapturedContext;
import io.eventloop.ChildContainment;
import io.eventloop.ChildLimits;
import io.eventloop.ContextCapture;
import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.Handle;
import io.eventloop.LoopDump;
import io.eventloop.LoopExceptionHandler;
import io.eventloop.LoopFuture;
import io.eventloop.LoopStatistics;
import io.eventloop.TimerHandle;
import io.eventloop.memory.ClosingSteps;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.subprocess.FailurePaths;
import org.jspecify.annotations.Nullable;

/**
 * What all loops have in common: scheduling, the run, tasks, the executor and errors.
 * What a loop waits on its subclass hands over, and releases.
 *
 * @since 0.1.0
 */
public abstract class BaseEventLoop implements EventLoop {

	static {
		FailurePaths.Preparation.inTime();
	}

	private final LongSupplier clock;

	private final CallbackRunner runner;

	private final LoopWork work = new LoopWork(this);

	private final ExceptionReporter exceptions = new ExceptionReporter(this);

	private final CloseListeners closeListeners = new CloseListeners();

	private final Retirement retirement = new Retirement(this);

	private final LoopClosing closing;

	private volatile @Nullable ContextCapture contextCapture = ContextCapture.findDefault();

	private volatile ChildContainment childContainment = ChildContainment.configured();

	private volatile ChildLimits childLimits = ChildLimits.DEFAULT;

	private volatile boolean debug = Boolean.getBoolean("eventloop.debug");

	BaseEventLoop(EventSource events) {
		this(events, System::nanoTime, null);
	}

	/**
	 * Create a loop.
	 * @param events what it waits on
	 * @param clock its time, in nanoseconds
	 * @param host whose thread runs it, by the system's clock, if another one does
	 */
	BaseEventLoop(EventSource events, LongSupplier clock, @Nullable LoopHost host) {
		this.clock = clock;
		this.runner = (host != null) ? new HostedRunner(this, events, host) : new CallbackRunner(this, events, clock);
		this.closing = new LoopClosing(this, this.work, this.runner, this.retirement);
	}

	final CallbackRunner runner() {
		return this.runner;
	}

	/**
	 * Release what the loop waits on. Called once.
	 */
	abstract void release();

	/**
	 * Return whether nothing is known to be waiting, or due within the given nanoseconds,
	 * but the callback in progress. On the loop's thread.
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
			throw new IllegalStateException(this.runner.whyNotClosed());
		}
		if (!this.closeListeners.close()) {
			return;
		}
		ClosingSteps.run(this.closing);
	}

	@Override
	public final void close(String reason) {
		this.retirement.explain(reason);
		close();
	}

	final void tellCloseListeners() {
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
		return schedule(time() + TimerDelay.nanos(delay), callback);
	}

	@Override
	public final TimerHandle callAt(long when, Runnable callback) {
		return schedule(TimerDelay.limit(time(), when), callback);
	}

	private TimerHandle schedule(long when, Runnable callback) {
		TimedHandle timer = prepare(new TimedHandle(when, callback));
		if (this.runner.isForeignThread()) {
			refuseInDebug();
			callSoonThreadsafe((RepeatableCallback) () -> this.runner.add(timer));
		}
		else {
			this.runner.add(timer);
		}
		return timer;
	}

	@Override
	public final long time() {
		return this.clock.getAsLong();
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
	public final Set<LoopFuture<?>> allExecutorWork() {
		return this.work.executorWork();
	}

	@Override
	public final void retire(String reason) {
		this.retirement.begin(reason);
	}

	@Override
	public final void resume() {
		this.retirement.end();
	}

	@Override
	public final @Nullable String whyRetired() {
		return this.retirement.reason();
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
	public final void setChildContainment(ChildContainment containment) {
		this.childContainment = Objects.requireNonNull(containment, "'containment' must not be null");
	}

	@Override
	public final ChildContainment getChildContainment() {
		return this.childContainment;
	}

	@Override
	public final void setChildLimits(ChildLimits limits) {
		this.childLimits = Objects.requireNonNull(limits, "'limits' must not be null");
	}

	@Override
	public final ChildLimits getChildLimits() {
		return this.childLimits;
	}

	@Override
	public final void setContextCapture(@Nullable ContextCapture capture) {
		this.contextCapture = capture;
	}

	@Override
	public final @Nullable CapturedContext captureContext() {
		ContextCapture capture = this.contextCapture;
		return (capture != null) ? GuardedContext.capture(capture, this) : null;
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

	final ExceptionReporter exceptions() {
		return this.exceptions;
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

	@Override
	public final LoopDump dump(int most) {
		return new LoopDumper(this, this.runner, this.work).dump(most);
	}

	final void checkOpen() {
		if (isClosed()) {
			throw new IllegalStateException(this.retirement.closedReason());
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
