package io.eventloop.mcp;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.eventloop.EventLoop;
import io.eventloop.Subprocess;
import io.eventloop.message.MessageChannelBuilder;
import io.eventloop.message.MessageChannelException;
import io.eventloop.supervision.SupervisedProcess;
import org.jspecify.annotations.Nullable;

/**
 * Where the children come from that a transport talks to, one after another. Called on
 * the loop.
 */
interface ServerSource {

	/**
	 * Return the name of the server.
	 */
	String name();

	EventLoop loop();

	/**
	 * Return the first child, or the reason why it could not be launched, without delay.
	 */
	CompletableFuture<Subprocess> first();

	/**
	 * Return a new child after one that has ended by itself.
	 */
	CompletableFuture<Subprocess> next();

	/**
	 * Return a new child in place of one that may still run, which is ended before.
	 * @param last the one before, or {@code null} if there is none
	 */
	CompletableFuture<Subprocess> replace(@Nullable Connection last);

	/**
	 * Return whether a child that has ended is followed by another one.
	 */
	boolean restarts();

	/**
	 * Return why the child has ended, when all is known of that.
	 */
	CompletableFuture<MessageChannelException> explain(MessageChannelException end);

	/**
	 * Set how the channel to a child is opened.
	 */
	MessageChannelBuilder configure(MessageChannelBuilder builder);

	/**
	 * End the last child with its tree, and start no more.
	 * @param last the connection to it, or {@code null} if there is none
	 */
	CompletableFuture<?> end(@Nullable Connection last);

	Optional<SupervisedProcess> supervised();

	/**
	 * Return a copy of the reason that has the given lines of the standard error.
	 */
	static MessageChannelException with(MessageChannelException end, String sentence, List<String> lines) {
		return new MessageChannelException(end.reason(), sentence, end.status().orElse(null), lines, end);
	}

}
