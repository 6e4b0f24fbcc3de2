package io.eventloop.autoconfigure;

import java.util.concurrent.CountDownLatch;

/**
 * A callback that blocks.
 */
final class Hanging {

	private Hanging() {
	}

	static void until(CountDownLatch end) {
		try {
			end.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
