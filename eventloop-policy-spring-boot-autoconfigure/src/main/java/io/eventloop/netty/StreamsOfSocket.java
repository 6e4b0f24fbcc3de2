package io.eventloop.netty;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.Protocol;
import io.eventloop.SocketTransport;
import io.eventloop.StreamConnection;
import io.eventloop.StreamHandler;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.subprocess.TransportStreams;
import org.jspecify.annotations.Nullable;

/**
 * The protocol behind a connection's streams.
 */
final class StreamsOfSocket implements Protocol {

	private final EventLoop loop;

	private final int limit;

	private final @Nullable StreamHandler handler;

	private @Nullable TransportStreams streams;

	private @Nullable StreamConnection connection;

	/**
	 * Create the protocol.
	 * @param handler serves the connection, or {@code null} for one that was opened here
	 */
	StreamsOfSocket(EventLoop loop, int limit, @Nullable StreamHandler handler) {
		this.loop = loop;
		this.limit = limit;
		this.handler = handler;
	}

	StreamConnection connection() {
		return Objects.requireNonNull(this.connection, "The connection is not made");
	}

	@Override
	public void connectionMade(SocketTransport transport) {
		TransportStreams made = new TransportStreams(this.loop, transport, this.limit,
				(error) -> outOfMemory(transport, error));
		this.streams = made;
		StreamConnection client = new StreamConnection(made.reader(), made.writer(), transport);
		this.connection = client;
		if (this.handler != null) {
			serve(this.handler, client);
		}
	}

	private void serve(StreamHandler server, StreamConnection client) {
		try {
			CompletionStage<?> work = server.connected(client);
			if (work != null) {
				work.whenComplete((nothing, failure) -> {
					if (failure != null) {
						failed(client, failure);
					}
				});
			}
		}
		catch (RuntimeException ex) {
			failed(client, ex);
		}
	}

	private void failed(StreamConnection client, Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		this.loop
			.callExceptionHandler(ExceptionContext.of("A client's handler has failed", cause, "connection", client));
		client.writer().close();
	}

	private static IOException outOfMemory(SocketTransport transport, OutOfMemoryError error) {
		transport.abort();
		return MemoryReserve
			.explain("What %s receives does not fit into memory; read it in pieces".formatted(transport), error);
	}

	private TransportStreams streams() {
		return Objects.requireNonNull(this.streams, "The connection is not made");
	}

	@Override
	public void dataReceived(byte[] data) {
		streams().feed(data);
	}

	@Override
	public boolean eofReceived() {
		streams().end();
		return true;
	}

	@Override
	public void pauseWriting() {
		streams().pauseWriting();
	}

	@Override
	public void resumeWriting() {
		streams().resumeWriting();
	}

	@Override
	public void connectionLost(@Nullable Throwable exception) {
		streams().connectionLost(exception);
	}

}
