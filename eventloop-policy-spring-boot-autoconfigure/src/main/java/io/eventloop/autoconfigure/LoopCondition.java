package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.availability.LivenessState;

/**
 * How the main event loop does: well, hanging in a callback, or dead. Tells Boot's
 * liveness of each change. May be used from any thread.
 */
final class LoopCondition implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(LoopCondition.class);

	private final Duration maxLag;

	private final Consumer<LivenessState> liveness;

	private volatile boolean dead;

	private volatile @Nullable LoopWatch watch;

	/**
	 * Create the condition.
	 * @param maxLag how long a loop may be busy before it counts as hanging, or zero to
	 * not check
	 * @param liveness is told when the loop hangs, answers again, or dies
	 */
	LoopCondition(Duration maxLag, Consumer<LivenessState> liveness) {
		this.maxLag = maxLag;
		this.liveness = liveness;
	}

	/**
	 * The loop runs, in this thread.
	 */
	void started(EventLoop loop, Thread thread) {
		if (!this.maxLag.isZero()) {
			LoopWatch started = new LoopWatch(loop, thread, this.maxLag, this::tell);
			this.watch = started;
			started.start();
		}
	}

	/**
	 * The loop was left for an error.
	 */
	void died() {
		this.dead = true;
		close();
		tell(LivenessState.BROKEN);
	}

	boolean isDead() {
		return this.dead;
	}

	/**
	 * Return whether the loop has not answered for too long.
	 */
	boolean isHanging() {
		LoopWatch current = this.watch;
		return current != null && current.isHanging();
	}

	/**
	 * Return how long the loop took to answer the last time, or has not answered yet.
	 * @return the time, or {@code null} if the check is off
	 */
	@Nullable Duration lag() {
		LoopWatch current = this.watch;
		return (current != null) ? current.lag() : null;
	}

	/**
	 * Stop checking.
	 */
	@Override
	public void close() {
		LoopWatch current = this.watch;
		this.watch = null;
		if (current != null) {
			current.close();
		}
	}

	private void tell(LivenessState state) {
		try {
			this.liveness.accept(state);
		}
		catch (RuntimeException ex) {
			logger.warn("A listener failed when it was told that the liveness state is {}", state, ex);
		}
	}

}
