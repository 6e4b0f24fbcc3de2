package io.eventloop;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that wait for futures of event loops, so that none waits for a loop that
 * will not run again. For implementors of event loops: a loop that is closed, or
 * {@linkplain LoopService#retire retired}, calls {@link #fail}.
 * <p>
 * A loop that is open, but does not run, may be run again: there a thread waits on, with
 * one line in the log after 5 s.
 *
 * @since 0.1.0
 */
public final class PendingJoins {

	private static final Logger logger = LoggerFactory.getLogger(EventLoop.class);

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Set<PendingJoins> WAITING = ConcurrentHashMap.newKeySet();

	private final LoopFuture<?> future;

	private PendingJoins(LoopFuture<?> future) {
		this.future = future;
	}

	/**
	 * Fail the futures of the loop that threads wait for. Called once
	 * {@link EventLoop#whyRetired()} answers.
	 * @param loop the loop
	 */
	public static void fail(EventLoop loop) {
		for (PendingJoins join : WAITING) {
			if (join.future.loop() == loop) {
				join.failIfStranded();
			}
		}
	}

	/**
	 * Note that this thread is going to wait, or fail the future if that would be for
	 * ever.
	 * @return to be given to {@link #end}
	 */
	static @Nullable PendingJoins begin(LoopFuture<?> future) {
		if (future.isDone() || future.outlivesLoop()) {
			return null;
		}
		PendingJoins join = new PendingJoins(future);
		WAITING.add(join);
		join.failIfStranded();
		return join;
	}

	static void end(@Nullable PendingJoins join) {
		if (join != null) {
			WAITING.remove(join);
		}
	}

	/**
	 * Wait until the future is done or the loop has not run for a while, and warn then.
	 */
	static void warnIfIdle(LoopFuture<?> future) throws InterruptedException {
		EventLoop loop = future.loop();
		boolean idle = false;
		while (!future.isDone()) {
			boolean wasIdle = idle;
			idle = !loop.isRunning() && !future.outlivesLoop();
			if (idle && wasIdle) {
				logger.warn(
						"Thread '{}' has waited {} s for a future of {}, which does not run; "
								+ "run the loop in another thread, or use one that runs",
						Thread.currentThread().getName(), PATIENCE.toSeconds(), loop);
				return;
			}
			if (isDoneWithin(future, PATIENCE)) {
				return;
			}
		}
	}

	private static boolean isDoneWithin(LoopFuture<?> future, Duration time) throws InterruptedException {
		try {
			future.await(time.toNanos(), TimeUnit.NANOSECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (ExecutionException | RuntimeException ex) {
			// The thread that waits for it reports it
			return true;
		}
	}

	private void failIfStranded() {
		String reason = this.future.loop().whyRetired();
		if (reason != null) {
			this.future.completeExceptionally(new IllegalStateException(reason));
		}
	}

}
