package io.eventloop;

import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * An event loop: runs callbacks one at a time in one thread, and waits for timers,
 * descriptors, signals and child processes in between.
 * <p>
 * <b>Threads.</b> From any thread: {@link #callSoonThreadsafe}, {@link #createTask},
 * {@link #createFuture}, {@link #subprocess}, {@link #subprocessExec},
 * {@link #connectReadPipe}, {@link #connectWritePipe}, {@link #runInExecutor},
 * {@link #isRunning}, {@link #isClosed}, {@link #time}, {@link #allTasks},
 * {@link #subprocessTransports}, {@link #statistics}, {@link #captureContext},
 * {@link #setChildContainment}, {@link #setChildLimits} and {@link #addCloseListener}.
 * All other methods must be called on the loop's own thread: the thread that runs it or,
 * while it is not running, the thread that sets it up. Debug mode checks this.
 * <p>
 * <b>Lifecycle.</b> A loop is created, run, stopped, possibly run again, and closed once.
 * Using a closed loop throws {@link IllegalStateException}.
 * <p>
 * <b>Errors</b>, and which of them end a run: see {@link LoopExceptionHandler}.
 * <p>
 * <b>Context.</b> A callback runs in the context in which it was scheduled, see
 * {@link ContextCapture}. So do timers, tasks and work in executors. Readers, writers and
 * signal handlers run in the context in which they were registered.
 * <p>
 * Deliberately not an {@link Executor}: a bean of that type would disable Spring Boot's
 * own task executor. Where an executor is needed, pass {@code loop::callSoonThreadsafe}.
 *
 * @see <a href="https://docs.python.org/3.12/library/asyncio-eventloop.html">asyncio,
 * Event Loop</a>
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-eventloop.html#error-handling-api">asyncio,
 * Error Handling API</a>
 * @since 0.1.0
 */
public interface EventLoop extends LoopService, NetworkLoop, AutoCloseable {

	/**
	 * Run until {@link #stop()}.
	 * @throws IllegalStateException if this loop is running or closed, or another loop
	 * runs in this thread
	 */
	void runForever();

	/**
	 * Run until the future is done.
	 * @param future what to wait for
	 * @param <T> the result's type
	 * @return the future's result
	 * @throws java.util.concurrent.CompletionException if the future failed
	 * @throws java.util.concurrent.CancellationException if it was cancelled
	 * @throws IllegalStateException as for {@link #runForever()}, or if the loop was
	 * stopped before the future was done
	 * @throws IllegalArgumentException if the future belongs to another loop
	 */
	<T> T runUntilComplete(CompletionStage<T> future);

	/**
	 * End the run after the batch of callbacks in progress. If the loop is not running,
	 * the next run makes one pass and ends. Only the code that runs a loop should stop
	 * it: never stop a loop that was injected, such as an application's main loop.
	 */
	void stop();

	/**
	 * Return whether the loop is running, in {@link #runForever()} or
	 * {@link #runUntilComplete}.
	 * @return whether it runs
	 */
	boolean isRunning();

	/**
	 * Return whether {@link #close()} was called.
	 * @return whether it is closed
	 */
	boolean isClosed();

	/**
	 * Drop scheduled callbacks, release the loop's descriptors, and shut down the default
	 * executor without waiting for it. Pipes of subprocesses are closed, and children
	 * that are still running are killed and reaped, without a {@linkplain Teardown
	 * teardown}, for which the loop would have to run. A second call does nothing.
	 * @throws IllegalStateException if the loop is running
	 */
	@Override
	void close();

	/**
	 * Schedule a callback for the next pass. First in, first out.
	 * @param callback what to run
	 * @return the handle to cancel it with
	 * @throws IllegalStateException if the loop is closed
	 */
	Handle callSoon(Runnable callback);

	/**
	 * Schedule a callback from any thread, as {@link #callSoon} does on the loop's; wakes
	 * the loop if it is waiting.
	 * @param callback what to run
	 * @return the handle to cancel it with, on the loop's thread
	 * @throws IllegalStateException if the loop is closed
	 */
	Handle callSoonThreadsafe(Runnable callback);

	/**
	 * Schedule a callback for later.
	 * @param delay how long from now; zero or negative is the next pass
	 * @param callback what to run
	 * @return the handle to cancel it with
	 * @throws IllegalStateException if the loop is closed
	 */
	TimerHandle callLater(Duration delay, Runnable callback);

	/**
	 * Schedule a callback for a time. Callbacks due at the same time run first in, first
	 * out.
	 * @param when nanoseconds on the clock of {@link #time()}
	 * @param callback what to run
	 * @return the handle to cancel it with
	 * @throws IllegalStateException if the loop is closed
	 */
	TimerHandle callAt(long when, Runnable callback);

	/**
	 * Read the loop's clock.
	 * @return nanoseconds; monotonic, with an arbitrary origin; never the time of day
	 */
	long time();

	/**
	 * Create a future that belongs to this loop.
	 * @param <T> the result's type
	 * @return the future
	 */
	<T> LoopFuture<T> createFuture();

	/**
	 * Run a task on the loop, from the next pass on. Cancelling the task cancels the
	 * stage that the supplier returned.
	 * @param task starts the work, on the loop's thread
	 * @param <T> the result's type
	 * @return the task's future
	 * @throws IllegalStateException if the loop is closed
	 */
	<T> LoopFuture<T> createTask(Supplier<? extends CompletionStage<T>> task);

	/**
	 * Return the tasks of {@link #createTask} that are not done.
	 * @return a snapshot
	 */
	Set<LoopFuture<?>> allTasks();

	/**
	 * Run blocking work in an executor; the future completes on the loop. Work that is
	 * cancelled before it starts never runs.
	 * @param executor where to run it, or {@code null} for the default executor
	 * @param work the work
	 * @param <T> the result's type
	 * @return the work's future
	 * @throws IllegalStateException if the loop is closed, or the default executor is
	 * requested and was shut down
	 */
	<T> LoopFuture<T> runInExecutor(@Nullable Executor executor, Callable<T> work);

	/**
	 * Replace the default executor. The loop shuts it down when it closes.
	 * @param executor the executor
	 */
	void setDefaultExecutor(ExecutorService executor);

	/**
	 * Shut down the default executor, and wait for its work without blocking the loop.
	 * @return completes when the work is done
	 */
	LoopFuture<Void> shutdownDefaultExecutor();

	/**
	 * Shut down the default executor, and wait for its work for a limited time. After
	 * that a warning is logged, and the remaining work is no longer waited for.
	 * @param limit how long to wait
	 * @return completes when the work is done or the limit is reached
	 */
	LoopFuture<Void> shutdownDefaultExecutor(Duration limit);

	/**
	 * Call the callback whenever the descriptor is readable. A second call for the same
	 * descriptor replaces the callback.
	 * @param fd a pipe, socket, terminal or other descriptor that can be waited for
	 * @param callback what to run on the loop
	 * @throws IllegalArgumentException if the descriptor is not open or cannot be waited
	 * for (a regular file)
	 * @throws IllegalStateException if the loop is closed, or a transport uses the
	 * descriptor
	 * @throws UnsupportedOperationException if this loop does not support raw descriptors
	 */
	void addReader(int fd, Runnable callback);

	/**
	 * Remove the reader of a descriptor.
	 * @param fd the descriptor
	 * @return whether there was one
	 */
	boolean removeReader(int fd);

	/**
	 * Call the callback whenever the descriptor is writable. A second call for the same
	 * descriptor replaces the callback.
	 * @param fd a pipe, socket, terminal or other descriptor that can be waited for
	 * @param callback what to run on the loop
	 * @throws IllegalArgumentException as for {@link #addReader(int, Runnable)}
	 * @throws IllegalStateException as for {@link #addReader(int, Runnable)}
	 * @throws UnsupportedOperationException as for {@link #addReader(int, Runnable)}
	 */
	void addWriter(int fd, Runnable callback);

	/**
	 * Remove the writer of a descriptor.
	 * @param fd the descriptor
	 * @return whether there was one
	 */
	boolean removeWriter(int fd);

	/**
	 * Call the callback whenever the channel is readable or has a connection to accept. A
	 * second call for the same channel replaces the callback; closing the channel removes
	 * it.
	 * @param channel a non-blocking channel of the JDK
	 * @param callback what to run on the loop
	 * @throws IllegalArgumentException if the channel is closed or blocking, or cannot be
	 * read at all
	 * @throws IllegalStateException if the loop is closed
	 * @throws UnsupportedOperationException if this loop does not support channels
	 */
	default void addReader(SelectableChannel channel, Runnable callback) {
		throw new UnsupportedOperationException(
				"%s does not support channels; set eventloop.selector=nio, or create a loop with a NioSelector"
					.formatted(this));
	}

	/**
	 * Remove the reader of a channel.
	 * @param channel the channel
	 * @return whether there was one
	 */
	default boolean removeReader(SelectableChannel channel) {
		return false;
	}

	/**
	 * Call the callback whenever the channel is writable or has been connected. A second
	 * call for the same channel replaces the callback; closing the channel removes it.
	 * @param channel a non-blocking channel of the JDK
	 * @param callback what to run on the loop
	 * @throws IllegalArgumentException if the channel is closed or blocking, or cannot be
	 * written at all
	 * @throws IllegalStateException if the loop is closed
	 * @throws UnsupportedOperationException if this loop does not support channels
	 */
	default void addWriter(SelectableChannel channel, Runnable callback) {
		throw new UnsupportedOperationException(
				"%s does not support channels; set eventloop.selector=nio, or create a loop with a NioSelector"
					.formatted(this));
	}

	/**
	 * Remove the writer of a channel.
	 * @param channel the channel
	 * @return whether there was one
	 */
	default boolean removeWriter(SelectableChannel channel) {
		return false;
	}

	/**
	 * Read a pipe, socket or character device with a protocol. The transport owns the
	 * descriptor: it makes it non-blocking, and closes it at the end of the data, when
	 * the transport is closed, or if the future is cancelled. If the future fails because
	 * the descriptor is refused, the caller still owns it.
	 * @param protocolFactory makes the protocol, on the loop's thread
	 * @param fd the descriptor to read
	 * @param <P> the protocol's type
	 * @return the transport and the protocol, once the protocol is connected; fails with
	 * {@link IllegalArgumentException} for a file or another kind of descriptor that
	 * cannot be waited for, {@link java.io.IOException} for a descriptor that is not
	 * open, and {@link IllegalStateException} for one that a transport uses
	 * @throws IllegalStateException if the loop is closed
	 * @throws UnsupportedOperationException if this loop does not support raw descriptors
	 */
	default <P extends ReadPipeProtocol> LoopFuture<PipeConnection<ReadTransport, P>> connectReadPipe(
			Supplier<P> protocolFactory, int fd) {
		throw new UnsupportedOperationException(
				"%s does not support raw descriptors; use a selector loop over epoll or poll".formatted(this));
	}

	/**
	 * Write to a pipe, socket or character device with a protocol. The descriptor belongs
	 * to the transport, as with {@link #connectReadPipe}.
	 * @param protocolFactory makes the protocol, on the loop's thread
	 * @param fd the descriptor to write to
	 * @param <P> the protocol's type
	 * @return the transport and the protocol; fails as {@link #connectReadPipe} does
	 * @throws IllegalStateException if the loop is closed
	 * @throws UnsupportedOperationException if this loop does not support raw descriptors
	 */
	default <P extends WritePipeProtocol> LoopFuture<PipeConnection<WriteTransport, P>> connectWritePipe(
			Supplier<P> protocolFactory, int fd) {
		throw new UnsupportedOperationException(
				"%s does not support raw descriptors; use a selector loop over epoll or poll".formatted(this));
	}

	/**
	 * Call the callback on the loop whenever the signal arrives. A second call for the
	 * same signal replaces the callback. Unlike in asyncio, a loop in any thread can
	 * handle signals, and several loops can handle the same one. HotSpot uses SIGUSR2
	 * internally; prefer another signal.
	 * @param signal the signal
	 * @param callback what to run on the loop
	 * @throws IllegalStateException if the signal cannot be caught here, or the loop is
	 * closed
	 */
	void addSignalHandler(Signal signal, Runnable callback);

	/**
	 * Remove the handler of a signal, and restore the disposition that it replaced.
	 * @param signal the signal
	 * @return whether there was one
	 */
	boolean removeSignalHandler(Signal signal);

	/**
	 * Start a subprocess whose pipes are read and written as streams.
	 * @param spec what to start, and how
	 * @return the subprocess, once it has been started and connected; fails with
	 * {@link java.nio.file.NoSuchFileException} if the program or the directory does not
	 * exist, {@link java.nio.file.AccessDeniedException} if the program may not be run,
	 * and {@link IllegalStateException} if the child watcher is not active
	 * @throws IllegalStateException if the loop is closed
	 */
	LoopFuture<Subprocess> subprocess(SubprocessSpec spec);

	/**
	 * Start a subprocess with a protocol of the caller's.
	 * @param protocolFactory makes the protocol, on the loop's thread
	 * @param spec what to start, and how
	 * @param <P> the protocol's type
	 * @return the transport and the protocol; fails as {@link #subprocess} does
	 * @throws IllegalStateException if the loop is closed
	 */
	<P extends SubprocessProtocol> LoopFuture<SubprocessConnection<P>> subprocessExec(Supplier<P> protocolFactory,
			SubprocessSpec spec);

	/**
	 * Return the transports of the children of this loop that have not exited.
	 * @return a snapshot
	 */
	Collection<SubprocessTransport> subprocessTransports();

	/**
	 * Set the containment of the children that are started from now on: it defines what
	 * is ended together with a child.
	 * @param containment the containment
	 */
	void setChildContainment(ChildContainment containment);

	/**
	 * Return the containment of the children that are started from now on.
	 * @return the containment, {@link ChildContainment#GROUP} unless another was set
	 */
	ChildContainment getChildContainment();

	/**
	 * Set the limits of children from now on. What is launched already stays.
	 * @param limits the limits
	 */
	void setChildLimits(ChildLimits limits);

	/**
	 * Return the limits of children.
	 * @return the limits, {@link ChildLimits#DEFAULT} unless others were set
	 */
	ChildLimits getChildLimits();

	/**
	 * Set what captures the context of callbacks that are scheduled from now on.
	 * @param capture the capture, or {@code null} for none: callbacks then run in the
	 * context of the loop's thread
	 * @see ContextCapture#findDefault()
	 */
	void setContextCapture(@Nullable ContextCapture capture);

	/**
	 * Return whether the loop can start children.
	 * @return whether {@link EventLoop#subprocess} is supported
	 */
	default boolean supportsSubprocesses() {
		return true;
	}

	/**
	 * Set the handler of errors that no caller would see.
	 * @param handler the handler, or {@code null} for the default one
	 */
	void setExceptionHandler(@Nullable LoopExceptionHandler handler);

	/**
	 * Return the handler of {@link #setExceptionHandler}.
	 * @return the handler, or {@code null} if the default one is in use
	 */
	@Nullable LoopExceptionHandler getExceptionHandler();

	/**
	 * Log the error with its message, its details in alphabetical order and its stack.
	 * @param context what happened
	 */
	void defaultExceptionHandler(ExceptionContext context);

	/**
	 * Pass an error to the exception handler; if that throws, to the default one; if that
	 * throws too, log a final line. Never throws. The handlers run in the context of the
	 * handle or task that the error concerns.
	 * @param context what happened
	 */
	void callExceptionHandler(ExceptionContext context);

	/**
	 * Set debug mode: calls from the wrong thread are refused, handles keep their text
	 * form and record where they were created, and slow callbacks are logged. The system
	 * property {@code eventloop.debug=true} switches it on for all loops.
	 * @param debug whether to debug
	 */
	void setDebug(boolean debug);

	/**
	 * Return whether debug mode is on.
	 * @return whether it is
	 */
	boolean isDebug();

	/**
	 * Set the duration from which a callback counts as slow, 100 ms by default. Slow
	 * callbacks are counted, and logged in debug mode; asyncio's
	 * {@code slow_callback_duration}. Outside debug mode, callbacks are timed in batches,
	 * one for each pass of the loop.
	 * @param duration how long a callback may take
	 * @throws IllegalArgumentException if it is negative
	 * @see LoopStatistics#slow()
	 */
	void setSlowCallbackDuration(Duration duration);

	/**
	 * Return the duration from which a callback counts as slow.
	 * @return the duration
	 */
	Duration getSlowCallbackDuration();

	/**
	 * Return the loop's statistics.
	 * @return a snapshot
	 */
	LoopStatistics statistics();

	/**
	 * Capture the context of the calling thread, as for a callback that it schedules. May
	 * be called from any thread.
	 * @return the context, or {@code null} if there is nothing to carry. Opening it does
	 * not throw: a failure is reported, and nothing is set
	 */
	@Nullable CapturedContext captureContext();

	/**
	 * Set the handler of interrupts of the thread that runs this loop. Without a handler
	 * the loop ignores interrupts, and leaves the thread's interrupt flag unchanged.
	 * @param handler what to run on the loop, after the flag was cleared, or {@code null}
	 * for none
	 */
	void setInterruptHandler(@Nullable Runnable handler);

	/**
	 * Return the handler of interrupts.
	 * @return the handler, or {@code null} if there is none
	 */
	@Nullable Runnable getInterruptHandler();

	/**
	 * Call the listener once, in the closing thread, when this loop closes, or at once if
	 * it is closed already.
	 * @param listener what to call
	 */
	void addCloseListener(Runnable listener);

}
