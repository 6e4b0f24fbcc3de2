package io.eventloop.samples.benchmarks.contender;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * Counts the bytes of buffers that are published, and asks for one after the other.
 */
final class CountingSubscriber implements Flow.Subscriber<ByteBuffer> {

	private final CompletableFuture<Long> end = new CompletableFuture<>();

	@SuppressWarnings("NullAway.Init") // given before anything else
	private Flow.Subscription subscription;

	private long count;

	CompletableFuture<Long> end() {
		return this.end;
	}

	@Override
	public void onSubscribe(Flow.Subscription given) {
		this.subscription = given;
		given.request(1);
	}

	@Override
	public void onNext(ByteBuffer buffer) {
		this.count += buffer.remaining();
		this.subscription.request(1);
	}

	@Override
	public void onError(Throwable failure) {
		this.end.completeExceptionally(failure);
	}

	@Override
	public void onComplete() {
		this.end.complete(this.count);
	}

}
