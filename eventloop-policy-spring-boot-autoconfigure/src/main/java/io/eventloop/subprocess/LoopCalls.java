package io.eventloop.subprocess;

import io.eventloop.EventLoop;
import io.eventloop.RunningLoop;

/**
 * Brings calls to the thread of the loop that they belong to.
 */
final class LoopCalls {

	private LoopCalls() {
	}

	/**
	 * Return whether this is the loop's own thread, and the loop runs.
	 */
	static boolean isOn(EventLoop loop) {
		return RunningLoop.get() == loop;
	}

	/**
	 * Run it on the loop: at once where that is this thread, else in one of the next
	 * passes, in the order of the calls.
	 * @throws IllegalStateException if the loop is closed
	 */
	static void run(EventLoop loop, Runnable call) {
		if (isOn(loop)) {
			call.run();
		}
		else {
			loop.callSoonThreadsafe(call);
		}
	}

}
