package io.eventloop.subprocess;

import java.lang.ref.WeakReference;
import java.time.Duration;

import io.eventloop.EventLoop;
import io.eventloop.TimerHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says so, once, when a pipe stays full because nobody reads it while somebody waits for
 * the child's end: the usual deadlock with child processes. Belongs to the loop's thread.
 */
final class StallReport {

	static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Logger logger = LoggerFactory.getLogger(StallReport.class);

	private final EventLoop loop;

	private final String stream;

	private final Duration patience;

	/**
	 * Weak, for a timer of the loop refers to this: a child that was forgotten with its
	 * pipe paused must remain collectable.
	 */
	private final WeakReference<ChildTransport> child;

	private @Nullable TimerHandle timer;

	private boolean reported;

	StallReport(EventLoop loop, String stream, Duration patience, ChildTransport child) {
		this.loop = loop;
		this.stream = stream;
		this.patience = patience;
		this.child = new WeakReference<>(child);
	}

	void paused() {
		if (!this.reported) {
			this.timer = this.loop.callLater(this.patience, this::look);
		}
	}

	void resumed() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

	private void look() {
		ChildTransport blocked = this.child.get();
		if (blocked == null) {
			return;
		}
		if (!blocked.isAwaited()) {
			paused();
			return;
		}
		this.reported = true;
		this.timer = null;
		logger.warn(
				"Nobody has read the {} of process {} ({}) for {} while its end is waited for: its pipe is full, "
						+ "and a child that writes into a full pipe never ends. Read the stream, call communicate(), "
						+ "or redirect it to a file or DISCARD",
				this.stream, blocked.pid(), blocked.program(), this.patience);
	}

}
