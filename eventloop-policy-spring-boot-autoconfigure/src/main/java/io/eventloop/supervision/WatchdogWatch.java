package io.eventloop.supervision;

import java.time.Duration;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.TimerHandle;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a generation that is ready to say again and again that it still works.
 * Belongs to the loop's thread.
 */
final class WatchdogWatch {

	private final EventLoop loop;

	private final Duration limit;

	private final Consumer<String> failed;

	private @Nullable TimerHandle timeout;

	private boolean done;

	/**
	 * Create the watch.
	 * @param limit how long the generation may say nothing
	 * @param failed told once that it said nothing for that long, or that it is broken
	 */
	WatchdogWatch(EventLoop loop, Duration limit, Consumer<String> failed) {
		this.loop = loop;
		this.limit = limit;
		this.failed = failed;
	}

	void start() {
		this.timeout = this.loop.callLater(this.limit, this::timeOut);
	}

	/**
	 * Take what it says. Before the start that does not matter.
	 */
	void take(Notification notification) {
		if (this.done || this.timeout == null) {
			return;
		}
		if (notification.broken()) {
			fail("has asked to be ended (WATCHDOG=trigger)");
		}
		else if (notification.alive()) {
			this.timeout.cancel();
			start();
		}
	}

	private void timeOut() {
		if (!this.done) {
			fail("did not send WATCHDOG=1 within %d ms".formatted(this.limit.toMillis()));
		}
	}

	private void fail(String problem) {
		stop();
		this.failed.accept(problem);
	}

	/**
	 * Wait no longer.
	 */
	void stop() {
		this.done = true;
		if (this.timeout != null) {
			this.timeout.cancel();
		}
	}

}
