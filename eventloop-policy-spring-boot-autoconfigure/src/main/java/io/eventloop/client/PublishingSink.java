package io.eventloop.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;

import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import org.jspecify.annotations.Nullable;

/**
 * One subscription to the output of a run: what was read waits for the subscriber's
 * demand, and the child for that. Belongs to the loop's thread, but for what the
 * subscriber calls.
 *
 * @param <T> the items' type
 */
final class PublishingSink<T> implements OutputSink, RunEnd, Flow.Subscription {

	private final EventLoop loop;

	private final Decoder decoder;

	private final Deque<T> items = new ArrayDeque<>();

	/**
	 * Dropped once the subscription is over.
	 */
	private volatile Flow.@Nullable Subscriber<? super T> subscriber;

	private @Nullable CommandRun run;

	private @Nullable Valve valve;

	private @Nullable Runnable done;

	private long demand;

	private boolean emitting;

	private boolean abandoned;

	PublishingSink(EventLoop loop, Flow.Subscriber<? super T> subscriber, Function<Consumer<T>, Decoder> decoder) {
		this.loop = loop;
		this.subscriber = subscriber;
		this.decoder = decoder.apply(this.items::add);
	}

	/**
	 * Tell the subscriber, and begin the run unless it has cancelled then.
	 */
	void begin(CommandRun begun) {
		this.run = begun;
		Flow.Subscriber<? super T> subscribing = this.subscriber;
		if (subscribing != null) {
			subscribing.onSubscribe(this);
		}
		if (this.subscriber != null) {
			begun.begin();
		}
	}

	@Override
	public void connect(Valve pipe) {
		this.valve = pipe;
		adjust();
	}

	@Override
	public void receive(byte[] data) {
		take(() -> this.decoder.decode(data));
	}

	@Override
	public void end(Runnable whenDone) {
		take(this.decoder::end);
		this.done = whenDone;
		emit();
	}

	private void take(Runnable decoding) {
		if (this.abandoned) {
			return;
		}
		try {
			decoding.run();
		}
		catch (Throwable ex) {
			fail(ex);
			return;
		}
		emit();
	}

	/**
	 * Hand on as many items as are wanted. A subscriber that wants more while it is given
	 * one gets them from here, not from within its call.
	 */
	private void emit() {
		if (this.emitting) {
			return;
		}
		this.emitting = true;
		try {
			while (this.demand > 0 && !this.items.isEmpty() && this.subscriber != null) {
				this.demand--;
				this.subscriber.onNext(this.items.remove());
			}
		}
		catch (Throwable ex) {
			violated(ex);
		}
		finally {
			this.emitting = false;
		}
		adjust();
		if (this.items.isEmpty() && this.done != null) {
			Runnable told = this.done;
			this.done = null;
			told.run();
		}
	}

	/**
	 * Hold the child back as long as nothing is wanted of it.
	 */
	private void adjust() {
		if (this.valve != null) {
			if (this.abandoned || (this.demand > 0 && this.items.isEmpty())) {
				this.valve.open();
			}
			else {
				this.valve.close();
			}
		}
	}

	/**
	 * End the run of a subscriber that has thrown, which cannot be reported to it.
	 */
	private void violated(Throwable failure) {
		this.loop.callExceptionHandler(ExceptionContext.of("A subscriber to the output of a command has thrown",
				failure, "subscriber", String.valueOf(this.subscriber)));
		this.subscriber = null;
		fail(failure);
	}

	private void fail(Throwable failure) {
		if (this.run != null) {
			this.run.fail(failure);
		}
	}

	@Override
	public void abandon() {
		this.abandoned = true;
		this.items.clear();
		adjust();
		emit();
	}

	@Override
	public void over(@Nullable SubprocessResult result, @Nullable Throwable failure) {
		Flow.Subscriber<? super T> told = this.subscriber;
		this.subscriber = null;
		if (told == null) {
			return;
		}
		if (failure != null) {
			told.onError(failure);
		}
		else {
			told.onComplete();
		}
	}

	@Override
	public void request(long n) {
		onLoop(() -> {
			if (n <= 0) {
				fail(new IllegalArgumentException(
						"A subscriber has requested %d items; request at least 1 (Reactive Streams, 3.9)"
							.formatted(n)));
				return;
			}
			this.demand = (this.demand + n < 0) ? Long.MAX_VALUE : this.demand + n;
			emit();
		});
	}

	@Override
	public void cancel() {
		this.subscriber = null;
		if (this.run != null) {
			this.run.cancel();
		}
	}

	private void onLoop(Runnable call) {
		try {
			OffLoop.onLoop(this.loop, call);
		}
		catch (IllegalStateException ex) {
			// The loop is closed, and has ended the run
		}
	}

}
