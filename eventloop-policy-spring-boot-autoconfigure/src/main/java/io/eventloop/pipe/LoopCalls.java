package io.eventloop.pipe;

import io.eventloop.EventLoop;
import io.eventloop.RunningLoop;
import io.eventloop.memory.RepeatableCallback;

/**
 * Brings calls to the thread of the loop that they belong to.
 *
 * @since 0.1.0
 */
public final class LoopCalls {

	private LoopCalls() {
	}

	/**
	 * Return whether this is the loop's own thread, and the loop runs.
	 * @param loop the loop
	 * @return whether the caller is on it
	 */
	public static boolean isOn(EventLoop loop) {
		return RunningLoop.get() == loop;
	}

	/**
	 * Run it on the loop: at once where that is this thread, else in one of the next
	 * passes, in the order of the calls.
	 * @param loop the loop
	 * @param call what to run
	 * @throws IllegalStateException if the loop is closed
	 */
	public static void run(EventLoop loop, RepeatableCallback call) {
		if (isOn(loop)) {
			call.run();
		}
		else {
			loop.callSoonThreadsafe(call);
		}
	}

}
