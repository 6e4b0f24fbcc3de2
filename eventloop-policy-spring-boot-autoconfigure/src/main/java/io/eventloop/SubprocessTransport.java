package io.eventloop;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

/**
 * A child process and the pipes to it. All methods but {@link #pipeTransport} and
 * {@link #isClosing()} may be called from any thread.
 * <p>
 * A signal never reaches a process that has reused the pid of a reaped child: signalling
 * and reaping exclude each other.
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
	 * Return the program that the child was started with, for logs and reports: never its
	 * arguments.
	 * @return the program, as the spec has it
	 */
	String program();

	/**
	 * Return the child's name, for logs, meters and reports.
	 * @return the {@linkplain SubprocessSpec#name() name} of its spec
	 */
	default String name() {
		return tree().spec().name();
	}

	/**
	 * Return whether the child outlives its loop and its service.
	 * @return whether its spec is {@linkplain SubprocessSpec#detached() so}
	 */
	default boolean isDetached() {
		return tree().spec().isDetached();
	}

	/**
	 * Return how long ago the child was started.
	 * @return the time since then, also where it has ended
	 */
	Duration age();

	/**
	 * Return the child's return code.
	 * @return asyncio's number, as {@link ChildExit#returnCode()}; empty while it runs
	 */
	OptionalInt returnCode();

	/**
	 * Return how the child ended, in full.
	 * @return its exit, once the loop has noted it
	 */
	default Optional<ChildExit> exit() {
		return Optional.empty();
	}

	/**
	 * Return how the child is ended where the service stops.
	 * @return the ladder of its {@linkplain SubprocessSpec#teardown(Teardown) spec}, or
	 * {@code null} for the service's
	 */
	default @Nullable Teardown teardown() {
		return tree().spec().teardown();
	}

	/**
	 * Return the transport of one of the child's standard descriptors.
	 * @param fd 0, 1 or 2
	 * @return a {@link WriteTransport} for 0 and a {@link ReadTransport} for 1 and 2;
	 * {@code null} if it is no pipe
	 */
	@Nullable Transport pipeTransport(int fd);

	/**
	 * Return a future of the child's exit. Cancelling it affects neither the child nor
	 * other futures.
	 * @return completes with {@link #returnCode()} at the exit, even if other processes
	 * still hold the pipes
	 */
	LoopFuture<Integer> onExit();

	/**
	 * Return a future of the child's exit and the end of all of its pipes.
	 * @return completes with {@link #returnCode()}
	 */
	LoopFuture<Integer> onDrained();

	/**
	 * Send the child a signal.
	 * @param signal the signal
	 * @throws ProcessLookupException if the child has exited
	 * @throws UnsupportedOperationException if the child's loop cannot send that signal
	 */
	void sendSignal(Signal signal);

	/**
	 * Send the child SIGTERM, unless it has ended.
	 * @return whether it was still alive
	 */
	default boolean terminate() {
		return ProcessLookupException.unlessEnded(() -> sendSignal(Signal.SIGTERM));
	}

	/**
	 * Send the child SIGKILL, unless it has ended.
	 * @return whether it was still alive
	 */
	default boolean kill() {
		return ProcessLookupException.unlessEnded(() -> sendSignal(Signal.SIGKILL));
	}

	/**
	 * End the child step by step, with all that belongs to its {@link #tree()}. What is
	 * left of the tree when the child has exited has the rest of the ladder's time, and
	 * is killed at its end if the ladder kills. Blocks nothing. A step that cannot be
	 * taken is skipped: to close an input that is no open pipe, or, with a warning in the
	 * log, a signal that the loop cannot send.
	 * <p>
	 * May be called again, with another ladder: each call takes its own steps, and the
	 * end of the tree ends them all. If the loop closes meanwhile, it kills the child,
	 * which ends the ladder.
	 * @param ladder the steps
	 * @return done when the child has exited and nothing of its tree is left, or with the
	 * ladder's end: the child then still runs, as one may after a ladder that does not
	 * {@linkplain Teardown#kills() kill}. After a kill, {@link Teardown#KILL_PATIENCE} is
	 * allowed for it to be seen. Cancelling the future stops nothing
	 */
	LoopFuture<Teardown.Outcome> end(Teardown ladder);

	/**
	 * Return whether the child has been asked to end: by {@link #end} or
	 * {@link #close()}, not by a signal alone.
	 * @return whether it was
	 */
	boolean isEnding();

	/**
	 * Send a signal to every process of the group that the child leads.
	 * @param signal the signal
	 * @throws ProcessLookupException if the child has exited
	 * @throws IllegalStateException if the child leads no group
	 * @throws UnsupportedOperationException if the child's loop does not support groups
	 * @see SubprocessSpec#startNewSession(boolean)
	 * @see SubprocessSpec#processGroup(long)
	 */
	void sendSignalToGroup(Signal signal);

	/**
	 * Send SIGTERM to the group that the child leads, unless the child has ended.
	 * @return whether the child was still alive
	 * @throws IllegalStateException if the child leads no group
	 * @throws UnsupportedOperationException if the child's loop knows no groups
	 */
	default boolean terminateGroup() {
		return ProcessLookupException.unlessEnded(() -> sendSignalToGroup(Signal.SIGTERM));
	}

	/**
	 * Send SIGKILL to the group that the child leads, unless the child has ended.
	 * @return whether the child was still alive
	 * @throws IllegalStateException if the child leads no group
	 * @throws UnsupportedOperationException if the child's loop knows no groups
	 */
	default boolean killGroup() {
		return ProcessLookupException.unlessEnded(() -> sendSignalToGroup(Signal.SIGKILL));
	}

	/**
	 * Return whether the child leads a process group of its own.
	 * @return whether it does
	 */
	boolean leadsGroup();

	/**
	 * Return what belongs to the child, as the loop's {@link ChildContainment} knows it:
	 * what {@link #close()} and the loop's close kill with the child.
	 * @return the child's tree
	 */
	ChildTree tree();

	/**
	 * Close the pipes, and kill the child and its {@link #tree()} if it still runs. A
	 * second call does nothing.
	 */
	@Override
	void close();

}
