package io.eventloop;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How the owner of an {@link EventLoop} takes it out of service: it refuses new children,
 * waits for the work in progress, and declares that the loop will not run any more.
 * Spring's lifecycle uses it; a program that runs its own loop with
 * {@link EventLoops#run} needs none of it. All methods may be called from any thread.
 *
 * @since 0.1.0
 */
public interface LoopService {

	/**
	 * Refuse to start children from now on: {@link EventLoop#subprocess} and
	 * {@link EventLoop#subprocessExec} throw {@link IllegalStateException}. Children that
	 * run, and launches that have begun, are left alone. A loop that does not support
	 * this does nothing.
	 * @param reason what the exception says: a sentence
	 */
	default void refuseSubprocesses(String reason) {
	}

	/**
	 * Start children again, after {@link #refuseSubprocesses}.
	 */
	default void acceptSubprocesses() {
	}

	/**
	 * Return whether children are on their way: asked for, but neither started nor
	 * failed.
	 * @return whether there are any
	 */
	default boolean isLaunching() {
		return pendingLaunches() > 0;
	}

	/**
	 * Return how many children are on their way.
	 * @return the number of launches that were asked for, and that have neither started a
	 * child nor failed
	 */
	default int pendingLaunches() {
		return 0;
	}

	/**
	 * Return the futures of {@link EventLoop#runInExecutor} that are not done.
	 * @return a snapshot
	 */
	default Set<LoopFuture<?>> allExecutorWork() {
		return Set.of();
	}

	/**
	 * Tell what the loop is doing, and what it has under way, without asking the loop: it
	 * is not disturbed, and may hang.
	 * @param most how many timers, and how many tasks, to describe; all are counted
	 * @return a snapshot
	 */
	LoopDump dump(int most);

	/**
	 * Declare that this loop will not run any more, or not until {@link #resume()}.
	 * Threads that wait for a future of the loop wait no longer: it fails with
	 * {@link IllegalStateException}, as does whatever is waited for later. The loop stays
	 * open.
	 * @param reason what the exception says: a sentence
	 */
	default void retire(String reason) {
	}

	/**
	 * Take back {@link #retire}.
	 */
	default void resume() {
	}

	/**
	 * Close the loop, as {@link EventLoop#close()} does, and say why.
	 * @param reason what later users of the loop are told: a sentence
	 * @throws IllegalStateException if the loop runs
	 */
	void close(String reason);

	/**
	 * Return why nothing completes the futures of this loop any more.
	 * @return the sentence that {@link #retire} was given, or one that says that the loop
	 * is closed; {@code null} for a loop that runs, or may run again
	 */
	@Nullable String whyRetired();

	/**
	 * Return whether it runs on the thread of another event loop, which decides when it
	 * ends: it can be neither run, stopped nor closed.
	 * @return whether it has a host
	 */
	default boolean isHosted() {
		return false;
	}

}
