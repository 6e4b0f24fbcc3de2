package io.eventloop.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for what runs in the executors of event loops, and may still use children, and
 * for children that are on their way, while there is a child watcher to take them.
 */
final class ExecutorWorkShutdown {

	private static final Logger logger = LoggerFactory.getLogger(ExecutorWorkShutdown.class);

	private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private final Collection<EventLoop> loops;

	private final @Nullable EventLoop blocked;

	private final Deadline deadline;

	/**
	 * Prepare to wait.
	 * @param loops the loops
	 * @param blocked the loop whose thread waits for this, and to which no outcome can
	 * arrive, if there is one
	 * @param deadline until when to wait
	 */
	ExecutorWorkShutdown(Collection<EventLoop> loops, @Nullable EventLoop blocked, Deadline deadline) {
		this.loops = loops;
		this.blocked = blocked;
		this.deadline = deadline;
	}

	/**
	 * Return whether there is nothing to wait for.
	 */
	boolean isDone() {
		return ExitingLoops.any() || (work().isEmpty() && usable().noneMatch(EventLoop::isLaunching));
	}

	/**
	 * Wait, also for work that comes meanwhile.
	 * @param wanted whether to wait on
	 */
	void await(BooleanSupplier wanted) {
		while (!isDone() && this.deadline.remainingNanos() > 0 && wanted.getAsBoolean()) {
			if (!await(work())) {
				return;
			}
		}
		int left = work().size();
		if (left > 0) {
			logger.debug("Going on while {} pieces of executor work are not done", left);
		}
	}

	private boolean await(List<LoopFuture<?>> work) {
		LockSupport.parkNanos(PAUSE_NANOS);
		try {
			CompletableFuture.allOf(work.toArray(CompletableFuture<?>[]::new))
				.get(Math.min(CHECK_NANOS, this.deadline.remainingNanos()), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			// Checked again
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		return true;
	}

	private List<LoopFuture<?>> work() {
		return usable().<LoopFuture<?>>flatMap((loop) -> loop.allExecutorWork().stream()).toList();
	}

	private Stream<EventLoop> usable() {
		return this.loops.stream().filter((loop) -> loop != this.blocked && loop.isRunning());
	}

}
