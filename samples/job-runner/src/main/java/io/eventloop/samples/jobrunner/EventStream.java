package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * A client that follows a feed.
 */
final class EventStream {

	private static final int QUIET_LIMIT = 40;

	private final Feed feed;

	private final SseEmitter emitter;

	private final AtomicBoolean busy = new AtomicBoolean();

	private volatile boolean closed;

	/** The first event is sent at once, so that the client knows that it is connected. */
	private int quiet = QUIET_LIMIT;

	EventStream(Feed feed, Runnable onClose) {
		this(feed, new SseEmitter(0L), onClose);
	}

	EventStream(Feed feed, SseEmitter emitter, Runnable onClose) {
		this.feed = feed;
		this.emitter = emitter;
		this.emitter.onCompletion(() -> {
			this.closed = true;
			onClose.run();
		});
	}

	SseEmitter emitter() {
		return this.emitter;
	}

	/**
	 * Send the news, unless a slow client is still receiving the last ones.
	 */
	void send() {
		if (!this.closed && this.busy.compareAndSet(false, true)) {
			boolean gone = false;
			try {
				send(this.feed.news());
			}
			catch (IOException | IllegalStateException ex) {
				// The client has disconnected, and the container completes the emitter
				this.closed = true;
				gone = true;
			}
			finally {
				this.busy.set(gone);
				completeIfClosed();
			}
		}
	}

	private void send(List<Feed.Event> news) throws IOException {
		for (Feed.Event event : news) {
			if (this.closed) {
				return;
			}
			this.emitter.send(SseEmitter.event().name(event.name()).data(event.data()));
		}
		if (this.feed.isOver()) {
			this.closed = true;
			return;
		}
		this.quiet = news.isEmpty() ? this.quiet + 1 : 0;
		if (this.quiet >= QUIET_LIMIT) {
			// Only this shows that the client has disconnected
			this.emitter.send(SseEmitter.event().comment("still here"));
			this.quiet = 0;
		}
	}

	/**
	 * End the stream, at once or after the event that is being sent. Does not wait for
	 * that: a client that does not read would block the caller.
	 */
	void close() {
		this.closed = true;
		completeIfClosed();
	}

	private void completeIfClosed() {
		if (this.closed && this.busy.compareAndSet(false, true)) {
			this.emitter.complete();
		}
	}

}
