package io.eventloop.loop;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import org.jspecify.annotations.Nullable;

/**
 * Waits, in a thread of its own, for an executor that was shut down.
 */
final class ExecutorTermination {

	private ExecutorTermination() {
	}

	static LoopFuture<Void> await(EventLoop loop, @Nullable ExecutorService executor) {
		LoopFuture<Void> terminated = new LoopFuture<>(loop);
		if (executor == null || executor.isTerminated()) {
			terminated.complete(null);
			return terminated;
		}
		ExecutorWork<Void> waiting = new ExecutorWork<>(loop, () -> {
			executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
			return null;
		});
		Thread thread = new Thread(waiting, "eventloop-executor-shutdown");
		thread.setDaemon(true);
		thread.start();
		return waiting.future();
	}

}
