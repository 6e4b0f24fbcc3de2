package io.eventloop.loop;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits, in a thread of its own, for an executor that was shut down.
 */
final class ExecutorTermination {

	static final Duration UNLIMITED = Duration.ofNanos(Long.MAX_VALUE);

	private static final Logger logger = LoggerFactory.getLogger(EventLoop.class);

	private ExecutorTermination() {
	}

	static LoopFuture<Void> await(BaseEventLoop loop, LoopWork work, @Nullable ExecutorService executor,
			Duration limit) {
		LoopFuture<Void> terminated = new LoopFuture<>(loop);
		if (executor == null || executor.isTerminated()) {
			terminated.complete(null);
			return terminated;
		}
		ExecutorWork<Void> waiting = new ExecutorWork<>(loop, () -> {
			if (!executor.awaitTermination(nanos(limit), TimeUnit.NANOSECONDS) && !limit.equals(UNLIMITED)) {
				logger.warn("The default executor of {} still works after {}; its threads are left to themselves", loop,
						limit);
			}
			return null;
		});
		LoopFuture<Void> future = work.track(waiting);
		Thread thread = new Thread(waiting, "eventloop-executor-shutdown");
		thread.setDaemon(true);
		thread.start();
		return future;
	}

	private static long nanos(Duration limit) {
		if (limit.isNegative()) {
			return 0;
		}
		return (limit.compareTo(UNLIMITED) < 0) ? limit.toNanos() : Long.MAX_VALUE;
	}

}
