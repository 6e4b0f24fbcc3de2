package io.eventloop;

import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

/**
 * A child process and the pipes to it. All methods but {@link #pipeTransport} and
 * {@link #isClosing()} may be called from any thread.
 * <p>
 * Signals never reach a process that was given a reaped child's number: signalling and
 * reaping exclude each other.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-protocol.html#subprocess-transports">asyncio,
 * Subprocess Transports</a>
 * @since 0.1.0
 */
public interface SubprocessTransport extends Transport {

	/**
	 * Return the child's process id.
	 * @return the pid
	 */
	long pid();

	/**
	 * Return how the child ended.
	 * @return asyncio's number, as {@link ChildExit#returnCode()}; empty while it runs
	 */
	OptionalInt returnCode();

	/**
	 * Return the transport of one of the child's standard descriptors.
	 * @param fd 0, 1 or 2
	 * @return a {@link WriteTransport} for 0 and a {@link ReadTransport} for 1 and 2;
	 * {@code null} where it is no pipe
	 */
	@Nullable Transport pipeTransport(int fd);

	/**
	 * Return the future of the child's exit. Cancelling what it returns disturbs neither
	 * the child nor others who wait.
	 * @return completes with {@link #returnCode()} at the exit, whoever still holds the
	 * pipes
	 */
	LoopFuture<Integer> onExit();

	/**
	 * Return the future of the child's exit and the end of all of its pipes.
	 * @return completes with {@link #returnCode()}
	 */
	LoopFuture<Integer> onDrained();

	/**
	 * Send the child a signal.
	 * @param signal the signal
	 * @throws ProcessLookupException if the child has ended
	 * @throws UnsupportedOperationException if the child's loop cannot send that one
	 */
	void sendSignal(Signal signal);

	/**
	 * Send the child SIGTERM.
	 * @throws ProcessLookupException if the child has ended
	 */
	default void terminate() {
		sendSignal(Signal.SIGTERM);
	}

	/**
	 * Send the child SIGKILL.
	 * @throws ProcessLookupException if the child has ended
	 */
	default void kill() {
		sendSignal(Signal.SIGKILL);
	}

	/**
	 * Send a signal to every process of the group that the child leads.
	 * @param signal the signal
	 * @throws ProcessLookupException if the child has ended
	 * @throws IllegalStateException if the child leads no group
	 * @throws UnsupportedOperationException if the child's loop knows no groups
	 * @see SubprocessSpec#startNewSession(boolean)
	 * @see SubprocessSpec#processGroup(long)
	 */
	void sendSignalToGroup(Signal signal);

	/**
	 * Send SIGTERM to the group that the child leads.
	 * @throws ProcessLookupException if the child has ended
	 * @throws IllegalStateException if the child leads no group
	 */
	default void terminateGroup() {
		sendSignalToGroup(Signal.SIGTERM);
	}

	/**
	 * Send SIGKILL to the group that the child leads.
	 * @throws ProcessLookupException if the child has ended
	 * @throws IllegalStateException if the child leads no group
	 */
	default void killGroup() {
		sendSignalToGroup(Signal.SIGKILL);
	}

	/**
	 * Return whether the child leads a process group of its own.
	 * @return whether it does
	 */
	boolean leadsGroup();

	/**
	 * Close the pipes, and kill the child if it still runs. A second call does nothing.
	 */
	@Override
	void close();

}
