package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops event loops, whichever threads run them, and waits until they do not run. Those
 * in which a callback has called {@link System#exit} wait for this one, and are left.
 */
final class LoopsShutdown {

	private static final Logger logger = LoggerFactory.getLogger(LoopsShutdown.class);

	private static final long CHECK_NANOS = Duration.ofMillis(20).toNanos();

	private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

	private final Collection<EventLoop> loops;

	private final Deadline deadline;

	private final Function<EventLoop, String> stacks;

	/**
	 * Prepare to stop loops.
	 * @param loops the loops
	 * @param deadline until when to wait
	 * @param stacks tells what a loop does that does not stop
	 */
	LoopsShutdown(Collection<EventLoop> loops, Deadline deadline, Function<EventLoop, String> stacks) {
		this.loops = loops;
		this.deadline = deadline.atLeastASecondAhead();
		this.stacks = stacks;
	}

	void run() {
		List<EventLoop> running = this.loops.stream().filter((loop) -> loop.isRunning() && !loop.isHosted()).toList();
		running.forEach(this::stop);
		running.stream().filter((loop) -> EventLoops.findRunningLoop() != loop).forEach(this::await);
	}

	private void stop(EventLoop loop) {
		try {
			loop.callSoonThreadsafe(loop::stop);
		}
		catch (IllegalStateException ex) {
			logger.debug("{} was closed meanwhile", loop);
		}
	}

	private void await(EventLoop loop) {
		long nextCheck = System.nanoTime() + CHECK_NANOS;
		while (loop.isRunning() && this.deadline.remainingNanos() > 0 && !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(PAUSE_NANOS);
			if (System.nanoTime() - nextCheck > 0) {
				if (ExitingLoops.areAllThatRun(this.loops)) {
					logger.debug("{} is left running: a callback has called System.exit, which waits for this", loop);
					return;
				}
				nextCheck = System.nanoTime() + CHECK_NANOS;
			}
		}
		if (loop.isRunning()) {
			logger.warn("{} did not stop in time: a callback is still running; never block in a callback: {}", loop,
					this.stacks.apply(loop));
		}
	}

}
