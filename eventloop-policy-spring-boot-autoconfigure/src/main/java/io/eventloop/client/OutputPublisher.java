package io.eventloop.client;

import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;

import io.eventloop.EventLoop;

/**
 * Publishes what a command writes; each subscription is a run.
 *
 * @param <T> the items' type
 */
final class OutputPublisher<T> implements Flow.Publisher<T> {

	private final ClientSettings client;

	private final CommandPlan plan;

	private final Function<Consumer<T>, Decoder> decoder;

	/**
	 * Create a publisher.
	 * @param decoder makes what makes the items
	 */
	OutputPublisher(ClientSettings client, CommandPlan plan, Function<Consumer<T>, Decoder> decoder) {
		this.client = client;
		this.plan = plan;
		this.decoder = decoder;
	}

	@Override
	public void subscribe(Flow.Subscriber<? super T> subscriber) {
		Objects.requireNonNull(subscriber, "'subscriber' must not be null");
		EventLoop loop = this.client.loopForRun();
		PublishingSink<T> sink = new PublishingSink<>(loop, subscriber, this.decoder);
		CommandRun run = new CommandRun(this.client, this.plan, loop, sink, new RunWay(sink, null));
		sink.begin(run);
	}

}
