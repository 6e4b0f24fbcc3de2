package io.eventloop.message;

import java.nio.charset.StandardCharsets;

import io.eventloop.LoopFuture;
import io.eventloop.Subprocess;
import io.eventloop.Teardown;

/**
 * Messages to and from a child, over its standard input and output. May be used from any
 * thread. <pre>{@code
 * Subprocess child = loop.subprocess(SubprocessSpec.exec("my-mcp-server").pipes()).join();
 * MessageChannel channel = MessageChannel.over(child, MessageFraming.LINES).openText((json) -> answered(json));
 * channel.onEnd().thenAccept((reason) -> failAllCalls(reason));
 * channel.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
 * }</pre> The channel owns the child from {@link MessageChannelBuilder#open} on: it reads
 * the standard output, and the standard error unless told otherwise; it ends when the
 * child exits, closes one of these pipes, or breaks the framing; and when it ends, for
 * whatever reason, it ends the child and its tree with the channel's {@link Teardown}.
 *
 * @since 0.1.0
 */
public interface MessageChannel {

	/**
	 * Begin a channel.
	 * @param child a child whose standard input and output are pipes that no other code
	 * reads or writes
	 * @param framing how its messages are told apart
	 * @return what the channel is configured and opened with
	 * @throws IllegalStateException if the standard input or output is no pipe
	 */
	static MessageChannelBuilder over(Subprocess child, MessageFraming framing) {
		return new MessageChannelBuilder(child, framing);
	}

	/**
	 * Send a message. Messages are written whole, in the order of the calls. A message
	 * whose future is abandoned while it waits for those before it is never written; one
	 * that is being written is written to its end.
	 * @param message the message; the array may be reused after the call
	 * @return completes when the message was written to the pipe, or buffered while no
	 * more than the high limit of 64 KiB is. To send much, wait for it. Fails with
	 * {@link MessageChannelException} if the channel has ended or ends before, and with
	 * {@link java.util.concurrent.RejectedExecutionException} if too much waits already
	 * @throws IllegalArgumentException if the message is larger than the limit, or cannot
	 * be framed
	 * @see MessageChannelBuilder#maxWaiting(long)
	 */
	LoopFuture<Void> send(byte[] message);

	/**
	 * Send text in UTF-8, see {@link #send(byte[])}.
	 * @param message the message
	 * @return see {@link #send(byte[])}
	 * @throws IllegalArgumentException as {@link #send(byte[])}
	 */
	default LoopFuture<Void> send(String message) {
		return send(message.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Receive no more messages until {@link #resume()}. On the loop this is immediate;
	 * from other threads, a message that is being delivered may be followed by another.
	 * Meanwhile the child blocks once the pipe is full.
	 */
	void pause();

	/**
	 * Receive messages again.
	 */
	void resume();

	/**
	 * Return a future of the channel's end. Cancelling it affects neither the channel nor
	 * other futures.
	 * @return completes, on the loop, with why the channel has ended, and never fails.
	 * Messages that the child wrote before it exited come before; where the channel is
	 * paused, the end of a child that has exited thus waits for {@link #resume()} or
	 * {@link #close()}
	 */
	LoopFuture<MessageChannelException> onEnd();

	/**
	 * End the channel, and the child with its teardown. Sends that are pending fail; what
	 * is buffered for the child is still written. No message is delivered afterwards. May
	 * be called again.
	 * @return see {@link io.eventloop.SubprocessTransport#end(Teardown)}
	 */
	LoopFuture<Teardown.Outcome> close();

}
