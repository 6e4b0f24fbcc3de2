package io.eventloop.samples.benchmarks.contender;

import java.util.Objects;

import io.eventloop.EventLoop;
import io.eventloop.Protocol;
import io.eventloop.ServerSpec;
import io.eventloop.SocketTransport;
import org.jspecify.annotations.Nullable;

/**
 * This project's loop and its protocols.
 */
final class EventLoopEcho implements EchoServer {

	private final EventLoop loop;

	EventLoopEcho(String selector) {
		this.loop = EventLoopProgram.choose("selector", EventLoopProgram.SELECTORS, selector);
	}

	@Override
	public void serve() {
		this.loop.createServer(Echo::new, ServerSpec.on(HOST, 0))
			.thenAccept((server) -> EchoServer.print(server.addresses().get(0)));
		this.loop.runForever();
	}

	private static final class Echo implements Protocol {

		private @Nullable SocketTransport transport;

		@Override
		public void connectionMade(SocketTransport made) {
			this.transport = made;
		}

		@Override
		public void dataReceived(byte[] data) {
			Objects.requireNonNull(this.transport).write(data);
		}

	}

}
