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
 * An event loop: runs callbacks one after the other in one thread, and waits for timers,
 * descriptors, signals and child processes in between.
 * <p>
 * <b>Threads.</b> From any thread: {@link #callSoonThreadsafe}, {@link #createTask},
 * {@link #createFuture}, {@link #subprocess}, {@link #subprocessExec},
 * {@link #connectReadPipe}, {@link #connectWritePipe}, {@link #runInExecutor},
 * {@link #isRunning}, {@link #isClosed}, {@link #time}, {@link #allTasks},
 * {@link #subprocessTransports}, {@link #statistics}, {@link #captureContext} and
 * {@link #addCloseListener}. All else belongs to the loop's own thread: the one that runs
 * it, or, while none does, the one that prepares it. Debug mode checks this.
 * <p>
 * <b>Life.</b> A loop is made, run, stopped, perhaps run again, and closed once. A closed
 * loop refuses every use with {@link IllegalStateException}.
 * <p>
 * <b>Errors</b>, and which of them leave a loop: see {@link LoopExceptionHandler}.
 * <p>
 * <b>Context.</b> A callback runs in the context in which it was scheduled, see
 * {@link ContextCapture}: the same for timers, tasks, work in executors, and the readers,
 * writers and handlers of signals, whose context is that of their registration.
 * <p>
 * Deliberately no {@link Executor}: a bean of that type would switch off Spring Boot's
 * own task executor. Pass {@code loop::callSoonThreadsafe} where one is wanted.
 *
 * @see <a href="https://docs.python.org/3.12/library/asyncio-eventloop.html">asyncio,
 * Event Loop</a>
 * @since 0.1.0
 */
public interface EventLoop extends LoopDiagnostics, AutoCloseable {

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
	 * Let the run end after the batch of callbacks in progress. Called while nothing
	 * runs, the next run makes one pass and ends. Whoever runs a loop stops it: one that
	 * was given to you, such as an application's main loop, is not yours to stop.
	 */
	void stop();

	/**
	 * Return whether the loop is in {@link #runForever()} or {@link #runUntilComplete}.
	 * @return whether it runs
	 */
	boolean isRunning();

	/**
	 * Return whether {@link #close()} was called.
	 * @return whether it is closed
	 */
	boolean isClosed();

	/**
	 * Drop what is scheduled, release the descriptors, and shut the default executor down
	 * without waiting for it. Pipes of subprocesses are closed, and children that still
	 * run are killed and reaped. A second call does nothing.
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
	 * The same as {@link #callSoon} from any thread; wakes the loop if it sleeps.
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
	 * stage that the supplier gave.
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
	 * Run blocking work off the loop; the future completes on the loop. Cancelled before
	 * it has begun, the work never runs.
	 * @param executor where to run it, or {@code null} for the default executor
	 * @param work the work
	 * @param <T> the result's type
	 * @return the work's future
	 * @throws IllegalStateException if the loop is closed, or the default executor is
	 * wanted and was shut down
	 */
	<T> LoopFuture<T> runInExecutor(@Nullable Executor executor, Callable<T> work);

	/**
	 * Replace the default executor. The loop shuts it down when it closes.
	 * @param executor the executor
	 */
	void setDefaultExecutor(ExecutorService executor);

	/**
	 * Shut the default executor down and wait for its work off the loop.
	 * @return done when the work is
	 */
	LoopFuture<Void> shutdownDefaultExecutor();

	/**
	 * The same with a limit, after which a warning is logged and the work that is left is
	 * waited for no more.
	 * @param limit how long to wait
	 * @return done when the work is, or the limit is reached
	 */
	LoopFuture<Void> shutdownDefaultExecutor(Duration limit);

	/**
	 * Call back whenever the descriptor can be read. Again for the same descriptor
	 * replaces the callback.
	 * @param fd a pipe, socket, terminal or other descriptor that can be waited for
	 * @param callback what to run on the loop
	 * @throws IllegalArgumentException if the descriptor is not open or cannot be waited
	 * for (a regular file)
	 * @throws IllegalStateException if the loop is closed, or a transport uses the
	 * descriptor
	 * @throws UnsupportedOperationException if this loop waits for no raw descriptors
	 */
	void addReader(int fd, Runnable callback);

	/**
	 * Undo {@link #addReader(int, Runnable)}.
	 * @param fd the descriptor
	 * @return whether there was something to undo
	 */
	boolean removeReader(int fd);

	/**
	 * Call back whenever the descriptor can be written. Again for the same descriptor
	 * replaces the callback.
	 * @param fd a pipe, socket, terminal or other descriptor that can be waited for
	 * @param callback what to run on the loop
	 * @throws IllegalArgumentException as for {@link #addReader(int, Runnable)}
	 * @throws IllegalStateException as for {@link #addReader(int, Runnable)}
	 * @throws UnsupportedOperationException as for {@link #addReader(int, Runnable)}
	 */
	void addWriter(int fd, Runnable callback);

	/**
	 * Undo {@link #addWriter(int, Runnable)}.
	 * @param fd the descriptor
	 * @return whether there was something to undo
	 */
	boolean removeWriter(int fd);

	/**
	 * Call back whenever the channel can be read, or accepts a connection. Again for the
	 * same channel replaces the callback; closing the channel undoes it.
	 * @param channel a non-blocking channel of Java's
	 * @param callback what to run on the loop
	 * @throws IllegalArgumentException if the channel is closed or blocking, or cannot be
	 * read at all
	 * @throws IllegalStateException if the loop is closed
	 * @throws UnsupportedOperationException if this loop waits for raw descriptors
	 */
	default void addReader(SelectableChannel channel, Runnable callback) {
		throw new UnsupportedOperationException(
				"%s waits for no channels; use a selector loop over nio, as eventloop.selector=nio makes"
					.formatted(this));
	}

	/**
	 * Undo {@link #addReader(SelectableChannel, Runnable)}.
	 * @param channel the channel
	 * @return whether there was something to undo
	 */
	default boolean removeReader(SelectableChannel channel) {
		return false;
	}

	/**
	 * Call back whenever the channel can be written, or is connected. Again for the same
	 * channel replaces the callback; closing the channel undoes it.
	 * @param channel a non-blocking channel of Java's
	 * @param callback what to run on the loop
	 * @throws IllegalArgumentException if the channel is closed or blocking, or cannot be
	 * written at all
	 * @throws IllegalStateException if the loop is closed
	 * @throws UnsupportedOperationException if this loop waits for raw descriptors
	 */
	default void addWriter(SelectableChannel channel, Runnable callback) {
		throw new UnsupportedOperationException(
				"%s waits for no channels; use a selector loop over nio, as eventloop.selector=nio makes"
					.formatted(this));
	}

	/**
	 * Undo {@link #addWriter(SelectableChannel, Runnable)}.
	 * @param channel the channel
	 * @return whether there was something to undo
	 */
	default boolean removeWriter(SelectableChannel channel) {
		return false;
	}

	/**
	 * Read a pipe, socket or character device with a protocol. Once the transport is made
	 * the descriptor is its own: it makes it non-blocking and closes it, at its end, when
	 * the transport is closed, or if the future is cancelled. Where the future fails
	 * because the descriptor is refused, it remains the caller's.
	 * @param protocolFactory makes the protocol, on the loop's thread
	 * @param fd the descriptor to read
	 * @param <P> the protocol's type
	 * @return the transport and the protocol, once that was told that it is connected;
	 * fails with {@link IllegalArgumentException} for a file or another thing that cannot
	 * be waited for, {@link java.io.IOException} for a descriptor that is not open, and
	 * {@link IllegalStateException} for one that a transport uses
	 * @throws IllegalStateException if the loop is closed
	 * @throws UnsupportedOperationException if this loop waits for no raw descriptors
	 */
	default <P extends ReadPipeProtocol> LoopFuture<PipeConnection<ReadTransport, P>> connectReadPipe(
			Supplier<P> protocolFactory, int fd) {
		throw new UnsupportedOperationException(
				"%s waits for no raw descriptors; use a selector loop over epoll or poll".formatted(this));
	}

	/**
	 * Write to a pipe, socket or character device with a protocol. The descriptor belongs
	 * to the transport, as with {@link #connectReadPipe}.
	 * @param protocolFactory makes the protocol, on the loop's thread
	 * @param fd the descriptor to write to
	 * @param <P> the protocol's type
	 * @return the transport and the protocol; fails as {@link #connectReadPipe} does
	 * @throws IllegalStateException if the loop is closed
	 * @throws UnsupportedOperationException if this loop waits for no raw descriptors
	 */
	default <P extends WritePipeProtocol> LoopFuture<PipeConnection<WriteTransport, P>> connectWritePipe(
			Supplier<P> protocolFactory, int fd) {
		throw new UnsupportedOperationException(
				"%s waits for no raw descriptors; use a selector loop over epoll or poll".formatted(this));
	}

	/**
	 * Call back on the loop whenever the signal arrives. Again for the same signal
	 * replaces the callback. Unlike asyncio's, it may be called from any loop, whatever
	 * its thread; several loops share a signal. HotSpot uses SIGUSR2 itself, to look at
	 * threads: prefer another.
	 * @param signal the signal
	 * @param callback what to run on the loop
	 * @throws IllegalStateException if the signal cannot be caught here, or the loop is
	 * closed
	 */
	void addSignalHandler(Signal signal, Runnable callback);

	/**
	 * Undo {@link #addSignalHandler}; the disposition found then is restored.
	 * @param signal the signal
	 * @return whether there was something to undo
	 */
	boolean removeSignalHandler(Signal signal);

	/**
	 * Start a subprocess whose pipes are read and written as streams.
	 * @param spec what to start, and how
	 * @return the subprocess, once it has been started and connected; fails with
	 * {@link java.nio.file.NoSuchFileException} when the program or the directory does
	 * not exist, {@link java.nio.file.AccessDeniedException} when it may not be run, and
	 * {@link IllegalStateException} when the child watcher is not active
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
	 * Return the transports of the children of this loop that have not ended.
	 * @return a snapshot
	 */
	Collection<SubprocessTransport> subprocessTransports();

	/**
	 * Set how the context is captured in which a callback is scheduled, so that it runs
	 * in that. Holds for what is scheduled from now on.
	 * @param capture what captures it, or {@code null} for none: callbacks run in
	 * whatever the loop's thread has
	 * @see ContextCapture#findDefault()
	 */
	void setContextCapture(@Nullable ContextCapture capture);

	/**
	 * Capture the context of the calling thread, as for a callback that is scheduled in
	 * it. From any thread.
	 * @return the context, which can always be opened: where that fails it is reported,
	 * and gives nothing; or {@code null} if there is nothing to carry
	 */
	@Nullable CapturedContext captureContext();

	/**
	 * Set what to do when the thread that runs this loop is interrupted. Without a
	 * handler a loop ignores interrupts, and leaves the thread's flag as it is.
	 * @param handler what to run on the loop, after the flag was cleared, or {@code null}
	 * for none
	 */
	void setInterruptHandler(@Nullable Runnable handler);

	/**
	 * Return what {@link #setInterruptHandler} was given.
	 * @return the handler, or {@code null} if there is none
	 */
	@Nullable Runnable getInterruptHandler();

	/**
	 * Call the listener once, in the closing thread, when this loop closes; at once if it
	 * is closed.
	 * @param listener what to call
	 */
	void addCloseListener(Runnable listener);

}
