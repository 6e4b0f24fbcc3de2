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
	 * @return the stream, or {@code null} if it is no pipe
	 */
	@Nullable StreamWriter stdin();

	/**
	 * Return the stream from the child's standard output.
	 * @return the stream, or {@code null} if it is no pipe
	 */
	@Nullable StreamReader stdout();

	/**
	 * Return the stream from the child's standard error.
	 * @return the stream, or {@code null} if it is no pipe
	 */
	@Nullable StreamReader stderr();

	/**
	 * Return the stream to the child's standard input, which must be a pipe.
	 * @return the stream
	 * @throws IllegalStateException if it is no pipe
	 */
	default StreamWriter requireStdin() {
		return requirePipe(stdin(), "stdin");
	}

	/**
	 * Return the stream from the child's standard output, which must be a pipe.
	 * @return the stream
	 * @throws IllegalStateException if it is no pipe
	 */
	default StreamReader requireStdout() {
		return requirePipe(stdout(), "stdout");
	}

	/**
	 * Return the stream from the child's standard error, which must be a pipe.
	 * @return the stream
	 * @throws IllegalStateException if it is no pipe
	 */
	default StreamReader requireStderr() {
		return requirePipe(stderr(), "stderr");
	}

	private <T> T requirePipe(@Nullable T stream, String name) {
		if (stream == null) {
			throw new IllegalStateException("The %s of process %d is no pipe; start it with pipes(), or with %s(PIPE)"
				.formatted(name, pid(), name));
		}
		return stream;
	}

	/**
	 * Return the child's return code.
	 * @return asyncio's number, as {@link ChildExit#returnCode()}; empty while it runs
	 */
	OptionalInt returnCode();

	/**
	 * Return a future of the child's exit: asyncio's {@code wait()}. Cancelling it
	 * affects neither the child nor other futures.
	 * @return completes with the return code at the exit, even if other processes still
	 * hold the pipes
	 */
	LoopFuture<Integer> onExit();

	/**
	 * Return a future of the child's exit and the end of all of its pipes.
	 * @return completes with the return code
	 */
	LoopFuture<Integer> onDrained();

	/**
	 * Write the input, close the standard input, collect both outputs, and wait for the
	 * exit. It is not an error if the child stops reading. The outputs are collected in
	 * memory, each up to the loop's {@link ChildLimits#maxOutput()}: if they are larger,
	 * give a limit, read {@link #stdout()}, or redirect to a file.
	 * <p>
	 * If the future is abandoned, the next reader gets what the child has written: after
	 * a timeout, {@code kill()} and another {@code communicate()} return all of it. The
	 * child keeps running, and the input is still written and closed.
	 * @param input the input, or {@code null} for none
	 * @return the child's output
	 * @throws IllegalArgumentException if there is input and the standard input is no
	 * pipe
	 */
	LoopFuture<Output> communicate(byte @Nullable [] input);

	/**
	 * As {@link #communicate(byte[])}, with a limit of its own.
	 * @param input the input, or {@code null} for none
	 * @param maxOutput how many bytes of each output to collect. If the child writes
	 * more, it is killed with all that belongs to it; the future, and every later read of
	 * its streams, fails with an {@link java.io.IOException}.
	 * @return the child's output
	 * @throws IllegalArgumentException if there is input and the standard input is no
	 * pipe, or if the limit is negative
	 */
	LoopFuture<Output> communicate(byte @Nullable [] input, long maxOutput);

	/**
	 * Close the standard input, collect both outputs, and wait for the exit.
	 * @return the child's output
	 */
	default LoopFuture<Output> communicate() {
		return communicate(null);
	}

	/**
	 * Return the child's transport, which has more operations.
	 * @return the transport
	 */
	SubprocessTransport transport();

	/**
	 * Send the child a signal.
	 * @param signal the signal
	 * @throws ProcessLookupException if the child has exited
	 */
	default void sendSignal(Signal signal) {
		transport().sendSignal(signal);
	}

	/**
	 * Send the child SIGTERM, unless it has ended.
	 * @return whether it was still alive
	 */
	default boolean terminate() {
		return transport().terminate();
	}

	/**
	 * Send the child SIGKILL, unless it has ended.
	 * @return whether it was still alive
	 */
	default boolean kill() {
		return transport().kill();
	}

	/**
	 * End the child step by step, see {@link SubprocessTransport#end(Teardown)}.
	 * <pre>{@code
	 * child.end(Teardown.signal(Signal.SIGTERM, Duration.ofSeconds(5)).thenKill())
	 * }</pre>
	 * @param ladder the steps
	 * @return done when the child has exited, or the ladder has ended without that
	 */
	default LoopFuture<Teardown.Outcome> end(Teardown ladder) {
		return transport().end(ladder);
	}

	/**
	 * Send a signal to every process of the group that the child leads.
	 * @param signal the signal
	 * @throws ProcessLookupException if the child has exited
	 * @throws IllegalStateException if the child leads no group
	 */
	default void sendSignalToGroup(Signal signal) {
		transport().sendSignalToGroup(signal);
	}

	/**
	 * Send SIGTERM to the group that the child leads, unless the child has ended.
	 * @return whether the child was still alive
	 * @throws IllegalStateException if the child leads no group
	 */
	default boolean terminateGroup() {
		return transport().terminateGroup();
	}

	/**
	 * Send SIGKILL to the group that the child leads, unless the child has ended.
	 * @return whether the child was still alive
	 * @throws IllegalStateException if the child leads no group
	 */
	default boolean killGroup() {
		return transport().killGroup();
	}

}
