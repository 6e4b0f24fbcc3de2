package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

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

	private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();

	private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

	private final Collection<EventLoop> loops;

	private final Deadline deadline;

	private volatile boolean revoked;

	LoopsShutdown(Collection<EventLoop> loops, Deadline deadline) {
		this.loops = loops;
		this.deadline = deadline.withMoment();
	}

	void run() {
		List<EventLoop> running = this.loops.stream().filter(EventLoop::isRunning).toList();
		running.forEach(this::stop);
		running.stream().filter((loop) -> EventLoops.findRunningLoop() != loop).forEach(this::await);
	}

	/**
	 * Let stops that have not reached their loops be void: they must not end the next
	 * run.
	 */
	void revoke() {
		this.revoked = true;
	}

	private void stop(EventLoop loop) {
		try {
			loop.callSoonThreadsafe(() -> {
				if (!this.revoked) {
					loop.stop();
				}
			});
		}
		catch (IllegalStateException ex) {
			logger.debug("{} was closed meanwhile", loop);
		}
	}

	private void await(EventLoop loop) {
		long nextLook = System.nanoTime() + LOOK_NANOS;
		while (loop.isRunning() && this.deadline.remainingNanos() > 0 && !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(PAUSE_NANOS);
			if (System.nanoTime() - nextLook > 0) {
				if (ExitingLoops.areAllThatRun(this.loops)) {
					logger.debug("{} is left running: a callback has called System.exit, which waits for this", loop);
					return;
				}
				nextLook = System.nanoTime() + LOOK_NANOS;
			}
		}
		if (loop.isRunning()) {
			logger.warn("{} did not stop in time: a callback is still running; never block in a callback", loop);
		}
	}

}
