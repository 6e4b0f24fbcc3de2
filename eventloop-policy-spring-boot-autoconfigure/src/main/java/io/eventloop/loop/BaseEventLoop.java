package io.eventloop.loop;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.Handle;
import io.eventloop.LoopExceptionHandler;
import io.eventloop.LoopFuture;
import io.eventloop.LoopStatistics;
import io.eventloop.TimerHandle;
import org.jspecify.annotations.Nullable;

/**
 * What all loops have in common: scheduling, the run, tasks, the executor and errors.
 * What a loop waits on is its subclass's.
 *
 * @since 0.1.0
 */
public abstract class BaseEventLoop implements EventLoop {

	private static final Duration MAX_DELAY = Duration.ofDays(36_500);

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

	private final DefaultExecutor defaultExecutor = new DefaultExecutor();

	private final ExceptionReporter exceptions = new ExceptionReporter(this);

	private final Set<Task<?>> tasks = ConcurrentHashMap.newKeySet();

	private final Set<ExecutorWork<?>> executorWork = ConcurrentHashMap.newKeySet();

	private final List<Runnable> closeListeners = new CopyOnWriteArrayList<>();

	private volatile boolean closed;

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

	@Override
	public final void runForever() {
		checkOpen();
		this.runner.run();
	}

	@Override
	public final <T> T runUntilComplete(CompletionStage<T> stage) {
		checkOpen();
		if (stage instanceof LoopFuture<T> owned && owned.loop() != this) {
			throw new IllegalArgumentException(
					"The future belongs to %s, not to %s; run that loop".formatted(owned.loop(), this));
		}
		CompletableFuture<T> future = stage.toCompletableFuture();
		AtomicBoolean waiting = new AtomicBoolean(!this.runner.isRunning());
		Runnable stop = () -> {
			if (waiting.get()) {
				stop();
			}
		};
		future.whenComplete((result, failure) -> {
			if (waiting.get()) {
				callSoonThreadsafe(stop);
			}
		});
		try {
			runForever();
		}
		finally {
			waiting.set(false);
		}
		if (!future.isDone()) {
			throw new IllegalStateException("%s was stopped before the future was done".formatted(this));
		}
		return future.join();
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
		return this.closed;
	}

	@Override
	public final void close() {
		if (this.runner.isRunning()) {
			throw new IllegalStateException("Cannot close %s while it runs; stop it first".formatted(this));
		}
		synchronized (this.closeListeners) {
			if (this.closed) {
				return;
			}
			this.closed = true;
		}
		this.runner.clear();
		this.defaultExecutor.shutdown();
		try {
			release();
		}
		finally {
			this.closeListeners.forEach(this::tellClosed);
			this.tasks.forEach(Task::loopClosed);
			this.executorWork.forEach(ExecutorWork::loopClosed);
		}
	}

	private void tellClosed(Runnable listener) {
		try {
			listener.run();
		}
		catch (RuntimeException ex) {
			callExceptionHandler(ExceptionContext.of("Error in a close listener", ex, "listener", listener));
		}
	}

	@Override
	public final void addCloseListener(Runnable listener) {
		synchronized (this.closeListeners) {
			if (!this.closed) {
				this.closeListeners.add(listener);
				return;
			}
		}
		listener.run();
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

	@Override
	public final TimerHandle callLater(Duration delay, Runnable callback) {
		Duration bounded = (delay.compareTo(MAX_DELAY) < 0) ? delay : MAX_DELAY;
		return callAt(time() + (bounded.isNegative() ? 0 : bounded.toNanos()), callback);
	}

	@Override
	public final TimerHandle callAt(long when, Runnable callback) {
		TimedHandle timer = prepare(new TimedHandle(bounded(when), callback));
		if (this.runner.isForeignThread()) {
			refuseInDebug();
			callSoonThreadsafe(() -> this.runner.add(timer));
		}
		else {
			this.runner.add(timer);
		}
		return timer;
	}

	/**
	 * Keep due times so near to each other that their difference has no overflow.
	 */
	private long bounded(long when) {
		long now = time();
		return Math.max(now - MAX_DELAY.toNanos(), Math.min(now + MAX_DELAY.toNanos(), when));
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
		Task<T> task = new Task<>(this, supplier);
		callSoonThreadsafe(task::start);
		this.tasks.add(task);
		task.whenComplete((result, failure) -> this.tasks.remove(task));
		if (this.closed) {
			task.loopClosed();
		}
		return task;
	}

	@Override
	public final Set<LoopFuture<?>> allTasks() {
		return Set.copyOf(this.tasks);
	}

	@Override
	public final <T> LoopFuture<T> runInExecutor(@Nullable Executor executor, Callable<T> work) {
		checkOpen();
		ExecutorWork<T> submitted = new ExecutorWork<>(this, work);
		this.executorWork.add(submitted);
		LoopFuture<T> future = submitted.future();
		future.whenComplete((result, failure) -> this.executorWork.remove(submitted));
		try {
			((executor != null) ? executor : this.defaultExecutor.get()).execute(submitted);
		}
		catch (RuntimeException ex) {
			this.executorWork.remove(submitted);
			checkOpen();
			throw ex;
		}
		return future;
	}

	@Override
	public final void setDefaultExecutor(ExecutorService executor) {
		checkOpen();
		this.defaultExecutor.set(Objects.requireNonNull(executor, "'executor' must not be null"));
	}

	@Override
	public final LoopFuture<Void> shutdownDefaultExecutor() {
		checkOpen();
		return ExecutorTermination.await(this, this.defaultExecutor.shutdown());
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
	public final LoopStatistics statistics() {
		return this.runner.statistics();
	}

	final void checkOpen() {
		if (this.closed) {
			throw new IllegalStateException("%s is closed; create another with newEventLoop".formatted(this));
		}
	}

	private <H extends CallbackHandle> H prepare(H handle) {
		checkOpen();
		if (this.debug) {
			handle.describe();
		}
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
		String state = this.closed ? "closed" : (isRunning() ? "running" : "stopped");
		return "%s[%s]".formatted(getClass().getSimpleName(), state);
	}

}
