package io.eventloop.netty;

import java.util.Map;
import java.util.TreeMap;

import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.Protocol;
import io.eventloop.SocketTransport;
import org.jspecify.annotations.Nullable;

/**
 * Calls a connection's protocol, and reports what it throws.
 */
final class ProtocolCalls {

	private final EventLoop loop;

	private final SocketTransport transport;

	private Protocol protocol;

	ProtocolCalls(EventLoop loop, SocketTransport transport, Protocol protocol) {
		this.loop = loop;
		this.transport = transport;
		this.protocol = protocol;
	}

	Protocol protocol() {
		return this.protocol;
	}

	/**
	 * Call another protocol from now on.
	 */
	void goOnWith(Protocol next) {
		this.protocol = next;
	}

	void made() {
		call("connectionMade", () -> this.protocol.connectionMade(this.transport));
	}

	/**
	 * Tell what was received.
	 * @return why the connection cannot go on, or {@code null}
	 */
	@Nullable Throwable data(byte[] data) {
		try {
			this.protocol.dataReceived(data);
			return null;
		}
		catch (RuntimeException | StackOverflowError | OutOfMemoryError ex) {
			reportFailed("dataReceived", ex);
			return ex;
		}
	}

	/**
	 * Tell the end.
	 * @return whether the protocol leaves the connection open
	 * @throws RuntimeException the protocol's, which is reported
	 */
	boolean end() {
		try {
			return this.protocol.eofReceived();
		}
		catch (RuntimeException ex) {
			reportFailed("eofReceived", ex);
			throw ex;
		}
	}

	void paused() {
		call("pauseWriting", () -> this.protocol.pauseWriting());
	}

	void resumed() {
		call("resumeWriting", () -> this.protocol.resumeWriting());
	}

	void lost(@Nullable Throwable reason) {
		call("connectionLost", () -> this.protocol.connectionLost(reason));
	}

	private void call(String method, Runnable call) {
		try {
			call.run();
		}
		catch (RuntimeException ex) {
			reportFailed(method, ex);
		}
	}

	private void reportFailed(String method, Throwable error) {
		report("A protocol's %s() has failed".formatted(method), error);
	}

	void report(String message, Throwable error) {
		this.loop.callExceptionHandler(new ExceptionContext(message, error,
				new TreeMap<>(Map.of("transport", this.transport, "protocol", this.protocol))));
	}

}
