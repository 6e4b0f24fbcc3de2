package io.eventloop;

import org.jspecify.annotations.Nullable;

/**
 * The loop that runs in the current thread. For implementations of event loops: a loop
 * sets itself when it starts to run and sets {@code null} when it ends, in the same
 * thread. Other code uses {@link EventLoops#getRunningLoop()}.
 *
 * @since 0.1.0
 */
public final class RunningLoop {

	private static final ThreadLocal<@Nullable EventLoop> CURRENT = new ThreadLocal<>();

	private RunningLoop() {
	}

	/**
	 * Return the loop that runs in this thread.
	 * @return the loop, or {@code null} if none runs
	 */
	public static @Nullable EventLoop get() {
		try {
			return CURRENT.get();
		}
		catch (OutOfMemoryError ex) {
			// To ask is to make an entry, which a thread that runs a loop has already
			return null;
		}
	}

	/**
	 * Set which loop runs in this thread from now on.
	 * @param loop the loop, or {@code null} when its run has ended
	 * @throws IllegalStateException if another loop runs in this thread
	 */
	public static void set(@Nullable EventLoop loop) {
		if (loop == null) {
			CURRENT.remove();
			return;
		}
		EventLoop running = CURRENT.get();
		if (running != null) {
			throw new IllegalStateException("Cannot run %s in thread '%s' while %s runs there; use another thread"
				.formatted(loop, Thread.currentThread().getName(), running));
		}
		CURRENT.set(loop);
	}

}
