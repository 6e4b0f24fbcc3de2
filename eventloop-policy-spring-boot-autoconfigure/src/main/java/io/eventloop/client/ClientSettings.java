package io.eventloop.client;

import java.util.List;

import io.eventloop.EventLoop;
import io.eventloop.RunningLoop;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of a client share.
 *
 * @param loop the client's loop
 * @param limit how many of them may run
 * @param errorsInMessages whether messages have the last lines of standard error
 * @param observers told of each run
 * @param ownLoopOnly whether commands run on this loop in whatever thread they begin
 */
record ClientSettings(EventLoop loop, @Nullable ConcurrencyLimit limit, boolean errorsInMessages,
		List<SubprocessObserver> observers, boolean ownLoopOnly) {

	/**
	 * Return the loop for a run that begins in this thread: the one that runs here, if it
	 * can start children.
	 */
	EventLoop loopForRun() {
		EventLoop running = this.ownLoopOnly ? null : RunningLoop.get();
		return (running != null && running.supportsSubprocesses()) ? running : this.loop;
	}

}
