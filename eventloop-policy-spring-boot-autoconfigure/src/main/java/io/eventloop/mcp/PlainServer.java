package io.eventloop.mcp;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.eventloop.EventLoop;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.Teardown;
import io.eventloop.message.MessageChannelBuilder;
import io.eventloop.message.MessageChannelException;
import io.eventloop.supervision.SupervisedProcess;
import org.jspecify.annotations.Nullable;

/**
 * A server that the transport launches itself, and that is not started again by itself.
 */
final class PlainServer implements ServerSource {

	private final EventLoop loop;

	private final SubprocessSpec spec;

	private final Teardown teardown;

	private @Nullable CompletableFuture<Subprocess> launch;

	PlainServer(EventLoop loop, SubprocessSpec spec, Teardown teardown) {
		this.loop = loop;
		SubprocessSpec piped = spec.pipes().teardown(teardown);
		this.spec = (piped.startNewSession() || piped.processGroup().isPresent()) ? piped : piped.processGroup(0);
		this.teardown = teardown;
	}

	@Override
	public String name() {
		return this.spec.name();
	}

	@Override
	public EventLoop loop() {
		return this.loop;
	}

	@Override
	public CompletableFuture<Subprocess> first() {
		CompletableFuture<Subprocess> started = this.loop.subprocess(this.spec);
		this.launch = started;
		return started;
	}

	@Override
	public CompletableFuture<Subprocess> next() {
		return first();
	}

	@Override
	public CompletableFuture<Subprocess> replace(@Nullable Connection last) {
		return end(last).handle((done, failure) -> null).thenCompose((done) -> first());
	}

	@Override
	public boolean restarts() {
		return false;
	}

	@Override
	public CompletableFuture<MessageChannelException> explain(MessageChannelException end) {
		return CompletableFuture.completedFuture(end);
	}

	@Override
	public MessageChannelBuilder configure(MessageChannelBuilder builder) {
		return builder.teardown(this.teardown);
	}

	/**
	 * End the child, also one that is still being launched.
	 */
	@Override
	public CompletableFuture<?> end(@Nullable Connection last) {
		if (this.launch == null) {
			return CompletableFuture.completedFuture(null);
		}
		return this.launch.handle((child, failure) -> child)
			.thenCompose((child) -> (child != null) ? child.end(this.teardown) : done());
	}

	private static CompletableFuture<Teardown.Outcome> done() {
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public Optional<SupervisedProcess> supervised() {
		return Optional.empty();
	}

}
