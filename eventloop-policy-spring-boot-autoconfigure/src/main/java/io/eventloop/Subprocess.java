package io.eventloop;

import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

/**
 * A child process with streams. May be used from any thread.
 *
 * @see EventLoop#subprocess(SubprocessSpec)
 * @see <a href= "https://docs.python.org/3.12/library/asyncio-subprocess.html">asyncio,
 * Subprocesses</a>
 * @since 0.1.0
 */
public interface Subprocess {

	/**
	 * Return the child's process id.
	 * @return the pid
	 */
	long pid();

	/**
	 * Return the stream to the child's standard input.
	 * @return the stream, or {@code null} where it is no pipe
	 */
	@Nullable StreamWriter stdin();

	/**
	 * Return the stream from the child's standard output.
	 * @return the stream, or {@code null} where it is no pipe
	 */
	@Nullable StreamReader stdout();

	/**
	 * Return the stream from the child's standard error.
	 * @return the stream, or {@code null} where it is no pipe
	 */
	@Nullable StreamReader stderr();

	/**
	 * Return how the child ended.
	 * @return asyncio's number, as {@link ChildExit#returnCode()}; empty while it runs
	 */
	OptionalInt returnCode();

	/**
	 * Return the future of the child's exit: asyncio's {@code wait()}. Cancelling it
	 * disturbs neither the child nor others who wait.
	 * @return completes with the return code at the exit, whoever still holds the pipes
	 */
	LoopFuture<Integer> onExit();

	/**
	 * Return the future of the child's exit and the end of all of its pipes.
	 * @return completes with the return code
	 */
	LoopFuture<Integer> onDrained();

	/**
	 * Send the input, close the standard input, collect both outputs, and wait for the
	 * exit. That the child reads no more is no error here. Collects in memory: for large
	 * outputs read {@link #stdout()} or redirect to a file.
	 * <p>
	 * Given up, in whatever way, it leaves what the child has written to the next reader:
	 * after a time-out, {@code kill()} and another {@code communicate()} return all of
	 * it. The child goes on, and the input is still written and closed.
	 * @param input what to send, or {@code null} for nothing
	 * @return what the child wrote
	 * @throws IllegalArgumentException if there is input, and the standard input is no
	 * pipe
	 */
	LoopFuture<Output> communicate(byte @Nullable [] input);

	/**
	 * Send nothing, close the standard input, collect both outputs, and wait.
	 * @return what the child wrote
	 */
	default LoopFuture<Output> communicate() {
		return communicate(null);
	}

	/**
	 * Return the child's transport, which signals, closes and tells more.
	 * @return the transport
	 */
	SubprocessTransport transport();

	/**
	 * Send the child a signal.
	 * @param signal the signal
	 * @throws ProcessLookupException if the child has ended
	 */
	default void sendSignal(Signal signal) {
		transport().sendSignal(signal);
	}

	/**
	 * Send the child SIGTERM.
	 * @throws ProcessLookupException if the child has ended
	 */
	default void terminate() {
		transport().terminate();
	}

	/**
	 * Send the child SIGKILL.
	 * @throws ProcessLookupException if the child has ended
	 */
	default void kill() {
		transport().kill();
	}

	/**
	 * Send a signal to every process of the group that the child leads.
	 * @param signal the signal
	 * @throws ProcessLookupException if the child has ended
	 * @throws IllegalStateException if the child leads no group
	 */
	default void sendSignalToGroup(Signal signal) {
		transport().sendSignalToGroup(signal);
	}

	/**
	 * Send SIGTERM to the group that the child leads.
	 * @throws ProcessLookupException if the child has ended
	 * @throws IllegalStateException if the child leads no group
	 */
	default void terminateGroup() {
		transport().terminateGroup();
	}

	/**
	 * Send SIGKILL to the group that the child leads.
	 * @throws ProcessLookupException if the child has ended
	 * @throws IllegalStateException if the child leads no group
	 */
	default void killGroup() {
		transport().killGroup();
	}

}
