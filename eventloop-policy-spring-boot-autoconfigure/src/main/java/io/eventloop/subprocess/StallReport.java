package io.eventloop.subprocess;

import java.lang.ref.WeakReference;
import java.time.Duration;

import io.eventloop.EventLoop;
import io.eventloop.SubprocessTransport;
import io.eventloop.TimerHandle;
import io.eventloop.memory.RepeatableCallback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns, once, when a pipe stays full because it is not read while a future waits for the
 * child's end: the usual deadlock with child processes. Belongs to the loop's thread.
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
	private final WeakReference<SubprocessTransport> child;

	private final RepeatableCallback check = this::check;

	private @Nullable TimerHandle timer;

	private boolean reported;

	StallReport(EventLoop loop, String stream, Duration patience, SubprocessTransport child) {
		this.loop = loop;
		this.stream = stream;
		this.patience = patience;
		this.child = new WeakReference<>(child);
	}

	void paused() {
		if (!this.reported) {
			this.timer = this.loop.callLater(this.patience, this.check);
		}
	}

	void resumed() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

	private void check() {
		SubprocessTransport blocked = this.child.get();
		if (blocked == null) {
			return;
		}
		if (!(blocked instanceof ChildTransport own) || !own.isAwaited()) {
			paused();
			return;
		}
		this.reported = true;
		this.timer = null;
		logger.warn(
				"The {} of process {} ({}) has not been read for {}, although code waits for the process to exit: "
						+ "its pipe is full, and the child blocks until it is read. Read the stream, call "
						+ "communicate(), or redirect it to a file or DISCARD",
				this.stream, blocked.pid(), blocked.program(), this.patience);
	}

}
