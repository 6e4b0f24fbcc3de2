package io.eventloop.client;

import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * Subscribes to lines, and wants none of them.
 */
final class HeldSubscription implements Flow.Subscriber<String> {

	private volatile Flow.@Nullable Subscription subscription;

	void cancel() {
		this.subscription.cancel();
	}

	@Override
	public void onSubscribe(Flow.Subscription subscribed) {
		this.subscription = subscribed;
	}

	@Override
	public void onNext(String item) {
		throw new AssertionError("An item that was not requested");
	}

	@Override
	public void onError(Throwable failure) {
	}

	@Override
	public void onComplete() {
	}

}
