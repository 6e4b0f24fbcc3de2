package io.eventloop.loop;

/**
 * Lets a loop without work of its own take in batches what other threads keep posting. A
 * loop that took each callback the moment it arrives would bounce the queue's cache lines
 * between cores with every callback, and between two it would fall asleep, to be woken by
 * a system call.
 * <p>
 * A few callbacks are not worth waiting for, and it ends when few come: what is posted in
 * bursts is delayed by some 33 µs at most, and timers that become due meanwhile.
 */
final class PostBatching {

	private static final int FEW = 8;

	private static final int ENOUGH = 256;

	private static final long STEP_NANOS = 1_000;

	private PostBatching() {
	}

	/**
	 * Wait until there are enough callbacks, or few come. On the loop's thread.
	 * @param posted the loop's end of the queue
	 * @return whether it has waited
	 */
	static boolean gather(PostedQueue.Taker posted) {
		int before = 0;
		int now = posted.size();
		while (now - before >= FEW && now < ENOUGH) {
			pause();
			before = now;
			now = posted.size();
		}
		return before > 0;
	}

	private static void pause() {
		long begin = System.nanoTime();
		while (System.nanoTime() - begin < STEP_NANOS) {
			Thread.onSpinWait();
		}
	}

}
