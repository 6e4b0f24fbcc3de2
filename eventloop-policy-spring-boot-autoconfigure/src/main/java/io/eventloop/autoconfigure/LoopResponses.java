package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.eventloop.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Which loops still do what they are asked to do. One that is blocked in a callback, has
 * ended, or waits for the thread that asks, does not.
 */
final class LoopResponses {

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final @Nullable EventLoop blocked;

	private final long patienceNanos;

	private final IdentityHashMap<EventLoop, Boolean> known = new IdentityHashMap<>();

	/**
	 * Prepare to ask loops.
	 * @param blocked a loop that is known not to answer, or {@code null}
	 * @param deadline a quarter of what is left until then is the most that a loop is
	 * waited for
	 */
	LoopResponses(@Nullable EventLoop blocked, Deadline deadline) {
		this.blocked = blocked;
		this.patienceNanos = Math.max(TimeUnit.MILLISECONDS.toNanos(50),
				Math.min(PATIENCE.toNanos(), deadline.remainingNanos() / 4));
	}

	/**
	 * Return whether a callback runs on the loop within a second, at most.
	 */
	boolean answers(EventLoop loop) {
		return this.known.computeIfAbsent(loop, this::ask) && loop.isRunning();
	}

	/**
	 * Return whether children of the loop may still arrive.
	 */
	boolean isLaunching(EventLoop loop) {
		return loop.isLaunching() && answers(loop);
	}

	/**
	 * Wait until the loops that answer have run what was posted to them.
	 * @return whether they have
	 */
	boolean settle(Collection<EventLoop> loops) {
		return loops.stream().filter(this::answers).allMatch(this::ask);
	}

	private boolean ask(EventLoop loop) {
		if (loop == this.blocked || !loop.isRunning() || ExitingLoops.any()) {
			return false;
		}
		CountDownLatch answer = new CountDownLatch(1);
		try {
			loop.callSoonThreadsafe(answer::countDown);
			return answer.await(this.patienceNanos, TimeUnit.NANOSECONDS);
		}
		catch (IllegalStateException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
