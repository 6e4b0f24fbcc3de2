package io.eventloop.subprocess;

import java.io.Closeable;
import java.io.IOException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a blocking stream only while no thread is in it: closing would not end a read or
 * a write that waits, and would give its descriptor's number to another file while it is
 * in use. May be used from any thread.
 *
 * <pre>
 * free ──enter──▶ occupied ──leave──▶ free
 *   '──close──▶ closed    '──close, leave──▶ closed
 * </pre>
 */
final class StreamGuard {

	private static final Logger logger = LoggerFactory.getLogger(StreamGuard.class);

	private final Closeable stream;

	private boolean occupied;

	private boolean closing;

	StreamGuard(Closeable stream) {
		this.stream = stream;
	}

	/**
	 * Begin to use the stream.
	 * @return {@code false} if it is closed
	 */
	synchronized boolean enter() {
		this.occupied = !this.closing;
		return this.occupied;
	}

	/**
	 * End the use that {@link #enter()} has allowed.
	 */
	void leave() {
		synchronized (this) {
			this.occupied = false;
			if (!this.closing) {
				return;
			}
		}
		closeStream();
	}

	/**
	 * Close the stream, now or when it is left. A second call does nothing.
	 */
	void close() {
		synchronized (this) {
			if (this.closing) {
				return;
			}
			this.closing = true;
			if (this.occupied) {
				return;
			}
		}
		closeStream();
	}

	private void closeStream() {
		try {
			this.stream.close();
		}
		catch (IOException ex) {
			logger.debug("Closing a pipe to a child has failed, which changes nothing", ex);
		}
	}

}
