package io.eventloop.client;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.RunningLoop;

/**
 * Brings work to where it belongs: what blocks to the loop's executor, and calls to the
 * loop's thread.
 */
final class OffLoop {

	private OffLoop() {
	}

	/**
	 * Run what blocks off the loop; here if the loop's executor takes no more work.
	 */
	static void run(EventLoop loop, Runnable work) {
		try {
			loop.runInExecutor(null, () -> {
				work.run();
				return null;
			});
		}
		catch (RuntimeException ex) {
			work.run();
		}
	}

	/**
	 * Compute what blocks off the loop, and take it on the loop; here if the loop's
	 * executor takes no more work.
	 */
	static <T> void compute(EventLoop loop, Callable<T> work, T fallback, Consumer<? super T> then) {
		try {
			loop.runInExecutor(null, work)
				.whenComplete((value, failure) -> then.accept((failure == null) ? value : fallback));
		}
		catch (RuntimeException ex) {
			then.accept(fallback);
		}
	}

	/**
	 * Run it in the loop's thread: at once where that is this one, else soon.
	 * @throws IllegalStateException if the loop is closed
	 */
	static void onLoop(EventLoop loop, Runnable call) {
		if (RunningLoop.get() == loop) {
			call.run();
		}
		else {
			loop.callSoonThreadsafe(call);
		}
	}

}
