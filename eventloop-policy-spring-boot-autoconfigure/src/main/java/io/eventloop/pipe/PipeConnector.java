package io.eventloop.pipe;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.LoopFuture;
import io.eventloop.PipeConnection;
import io.eventloop.ReadPipeProtocol;
import io.eventloop.ReadTransport;
import io.eventloop.Transport;
import io.eventloop.WritePipeProtocol;
import io.eventloop.WriteTransport;
import io.eventloop.memory.RepeatableCallback;
import org.jspecify.annotations.Nullable;

/**
 * Connects descriptors of the caller's with protocols. May be called from any thread; the
 * protocol is made and connected on the loop.
 *
 * @since 0.1.0
 */
public final class PipeConnector {

	private final PipeReactor reactor;

	/**
	 * Create the connector of a loop.
	 * @param reactor the loop
	 */
	public PipeConnector(PipeReactor reactor) {
		this.reactor = reactor;
	}

	/**
	 * Read a descriptor.
	 * @param protocolFactory makes the protocol
	 * @param fd the descriptor
	 * @param <P> the protocol's type
	 * @return see {@link EventLoop#connectReadPipe}
	 */
	public <P extends ReadPipeProtocol> LoopFuture<PipeConnection<ReadTransport, P>> connectReading(
			Supplier<P> protocolFactory, int fd) {
		return handOver((handover) -> {
			P protocol = protocolFactory.get();
			ReadPipeTransport transport = new ReadPipeTransport(this.reactor, fd, protocol);
			return connected(handover, new PipeConnection<>(transport, protocol), transport::connect);
		});
	}

	/**
	 * Write to a descriptor.
	 * @param protocolFactory makes the protocol
	 * @param fd the descriptor
	 * @param <P> the protocol's type
	 * @return see {@link EventLoop#connectWritePipe}
	 */
	public <P extends WritePipeProtocol> LoopFuture<PipeConnection<WriteTransport, P>> connectWriting(
			Supplier<P> protocolFactory, int fd) {
		return handOver((handover) -> {
			P protocol = protocolFactory.get();
			WritePipeTransport transport = new WritePipeTransport(this.reactor, fd, protocol);
			return connected(handover, new PipeConnection<>(transport, protocol), transport::connect);
		});
	}

	private <T extends Transport, P> LoopFuture<PipeConnection<T, P>> handOver(
			Connecting<PipeConnection<T, P>> connecting) {
		Handover handover = new Handover(this.reactor.loop());
		LoopFuture<PipeConnection<T, P>> task = this.reactor.loop().createTask(() -> {
			try {
				return connecting.connect(handover);
			}
			catch (IOException ex) {
				return CompletableFuture.failedFuture(ex);
			}
		});
		task.whenComplete((connection, failure) -> handover.taken(connection));
		return task;
	}

	/**
	 * Tell the protocol, and in the next pass the caller. An error of the protocol's goes
	 * to the exception handler, and the pipe stays connected.
	 */
	private <T extends Transport, P> CompletionStage<PipeConnection<T, P>> connected(Handover handover,
			PipeConnection<T, P> connection, Runnable connect) {
		EventLoop loop = this.reactor.loop();
		handover.offered(connection.transport());
		try {
			connect.run();
		}
		catch (RuntimeException ex) {
			loop.callExceptionHandler(
					ExceptionContext.of("Error in connectionMade()", ex, "protocol", connection.protocol()));
		}
		LoopFuture<PipeConnection<T, P>> future = loop.createFuture();
		loop.callSoon((RepeatableCallback) () -> future.complete(connection));
		return future;
	}

	/**
	 * Makes the transport and connects it, on the loop's thread.
	 */
	private interface Connecting<C> {

		CompletionStage<C> connect(Handover handover) throws IOException;

	}

	/**
	 * Closes the transport if its future ends with anything else, as a failure, a timeout
	 * or a value of the caller's, whichever of the two comes first.
	 */
	private static final class Handover {

		private final EventLoop loop;

		private @Nullable Transport transport;

		private boolean refused;

		Handover(EventLoop loop) {
			this.loop = loop;
		}

		void offered(Transport made) {
			synchronized (this) {
				this.transport = made;
			}
			closeIfRefused();
		}

		void taken(@Nullable PipeConnection<?, ?> connection) {
			synchronized (this) {
				this.refused = connection == null || connection.transport() != this.transport;
			}
			closeIfRefused();
		}

		private synchronized @Nullable Transport refused() {
			return this.refused ? this.transport : null;
		}

		/**
		 * Outside of the lock: closing calls the user's protocol where the loop is
		 * closed.
		 */
		private void closeIfRefused() {
			Transport made = refused();
			if (made == null) {
				return;
			}
			try {
				LoopCalls.run(this.loop, made::close);
			}
			catch (IllegalStateException ex) {
				// The loop is closed: no other thread uses the transport
				made.close();
			}
		}

	}

}
