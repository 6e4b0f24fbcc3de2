package io.eventloop.mcp;

import java.util.concurrent.Executor;

import io.eventloop.TimerHandle;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/**
 * A message on its way to the server, and who is told, in the deliveries' executor, what
 * became of it.
 */
final class Outgoing {

	private final JSONRPCMessage message;

	private final byte[] text;

	private final MonoSink<Void> sender;

	private final Executor deliveries;

	private volatile boolean givenUp;

	private @Nullable TimerHandle timer;

	Outgoing(JSONRPCMessage message, byte[] text, MonoSink<Void> sender, Executor deliveries) {
		this.message = message;
		this.text = text;
		this.sender = sender;
		this.deliveries = deliveries;
	}

	byte[] text() {
		return this.text;
	}

	/**
	 * Return the id of the request, or {@code null} if it is none.
	 */
	@Nullable Object requestId() {
		return (this.message instanceof JSONRPCRequest request) ? request.id() : null;
	}

	/**
	 * Return the id of the server's request that it answers, or {@code null}.
	 */
	@Nullable Object answeredId() {
		return (this.message instanceof JSONRPCResponse response) ? response.id() : null;
	}

	@Nullable JSONRPCRequest request(String method) {
		return (this.message instanceof JSONRPCRequest request && method.equals(request.method())) ? request : null;
	}

	boolean isNotification(String method) {
		return this.message instanceof JSONRPCNotification notification && method.equals(notification.method());
	}

	void giveUp() {
		this.givenUp = true;
	}

	boolean isGivenUp() {
		return this.givenUp;
	}

	void failAfter(TimerHandle handle) {
		this.timer = handle;
	}

	void stopTimer() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

	void succeed() {
		this.deliveries.execute(this.sender::success);
	}

	void fail(Throwable problem) {
		this.deliveries.execute(() -> this.sender.error(problem));
	}

}
