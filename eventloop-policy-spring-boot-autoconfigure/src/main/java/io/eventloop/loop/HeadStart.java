package io.eventloop.loop;

/**
 * What a loop without work of its own gives to threads that keep posting. One that took
 * each callback the moment it is there would wrest the queue's memory from them with
 * every callback, and fall asleep, to be woken by a system call, between two.
 * <p>
 * A few callbacks are not worth waiting for, and it ends when few come: what is posted in
 * bursts is delayed by some 33 µs at most, and timers that become due meanwhile.
 */
final class HeadStart {

	private static final int FEW = 8;

	private static final int ENOUGH = 256;

	private static final long STEP_NANOS = 1_000;

	private HeadStart() {
	}

	/**
	 * Wait until there are enough callbacks, or few come. On the loop's thread.
	 * @param posted the loop's end of the queue
	 * @return whether it has waited
	 */
	static boolean give(PostedQueue.Taker posted) {
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
