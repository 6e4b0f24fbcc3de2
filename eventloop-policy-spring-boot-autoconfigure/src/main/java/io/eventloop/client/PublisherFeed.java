package io.eventloop.client;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.WriteTransport;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a publisher publishes, one buffer after the other. The publisher may call
 * from any thread.
 */
final class PublisherFeed implements InputFeed, Flow.Subscriber<ByteBuffer> {

	private final EventLoop loop;

	private final Flow.Publisher<ByteBuffer> publisher;

	private final Consumer<? super Throwable> failed;

	private @Nullable WriteTransport pipe;

	private Flow.@Nullable Subscription subscription;

	private boolean paused;

	private boolean requested;

	private boolean over;

	private long written;

	PublisherFeed(EventLoop loop, Flow.Publisher<ByteBuffer> publisher, Consumer<? super Throwable> failed) {
		this.loop = loop;
		this.publisher = publisher;
		this.failed = failed;
	}

	@Override
	public void start(WriteTransport transport) {
		this.pipe = transport;
		try {
			this.publisher.subscribe(this);
		}
		catch (RuntimeException ex) {
			this.failed.accept(ex);
		}
	}

	@Override
	public void onSubscribe(Flow.Subscription subscribed) {
		Objects.requireNonNull(subscribed, "'subscription' must not be null");
		post(() -> {
			if (this.subscription != null || this.over) {
				subscribed.cancel();
				return;
			}
			this.subscription = subscribed;
			request();
		});
	}

	private void request() {
		if (!this.paused && !this.requested && !this.over && this.subscription != null) {
			this.requested = true;
			this.subscription.request(1);
		}
	}

	@Override
	public void onNext(ByteBuffer item) {
		byte[] data = new byte[item.remaining()];
		item.get(data);
		post(() -> {
			this.requested = false;
			WriteTransport transport = this.pipe;
			if (transport != null && transport.isClosing()) {
				stop();
			}
			else if (transport != null) {
				transport.write(data);
				this.written += data.length;
				request();
			}
		});
	}

	@Override
	public void onError(Throwable failure) {
		Objects.requireNonNull(failure, "'failure' must not be null");
		post(() -> {
			if (!this.over) {
				this.subscription = null;
				this.failed.accept(failure);
			}
		});
	}

	@Override
	public void onComplete() {
		post(() -> {
			WriteTransport transport = this.pipe;
			this.subscription = null;
			this.over = true;
			if (transport != null) {
				transport.writeEof();
			}
		});
	}

	private void post(Runnable call) {
		try {
			// Never at once, as a publisher that calls back from request would recurse
			this.loop.callSoonThreadsafe(call);
		}
		catch (IllegalStateException ex) {
			// The loop is closed, and has ended the run
		}
	}

	@Override
	public void pause() {
		this.paused = true;
	}

	@Override
	public void resume() {
		this.paused = false;
		request();
	}

	@Override
	public long written() {
		return this.written;
	}

	@Override
	public void stop() {
		if (!this.over) {
			this.over = true;
			this.pipe = null;
			if (this.subscription != null) {
				this.subscription.cancel();
				this.subscription = null;
			}
		}
	}

}
