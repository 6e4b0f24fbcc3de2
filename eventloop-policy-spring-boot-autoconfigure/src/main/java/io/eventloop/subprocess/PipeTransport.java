package io.eventloop.subprocess;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.Transport;
import io.eventloop.posix.DescriptorKind;
import io.eventloop.posix.Descriptors;
import org.jspecify.annotations.Nullable;

/**
 * What the two kinds of pipe transports share: how they end. <pre>
 * open ──close, error, end──▶ closing ──next pass──▶ lost: descriptor closed, protocol told
 * </pre>
 */
abstract class PipeTransport implements Transport {

	private final PipeReactor reactor;

	private final DescriptorKind kind;

	private final PipeDescriptor descriptor;

	private volatile boolean closing;

	private boolean losing;

	private boolean lost;

	/**
	 * Take over a descriptor.
	 * @param madeFor whom to name if the transport is never closed
	 */
	PipeTransport(PipeReactor reactor, int fd, DescriptorKind kind, Object madeFor) {
		this.reactor = reactor;
		this.kind = kind;
		this.descriptor = new PipeDescriptor(this, madeFor, reactor, fd);
	}

	/**
	 * Check that a loop can wait for the descriptor, and make it non-blocking.
	 */
	static DescriptorKind prepare(int fd) throws IOException {
		DescriptorKind kind = Descriptors.kind(fd);
		switch (kind) {
			case FIFO, SOCKET, CHARACTER_DEVICE -> Descriptors.setNonBlocking(fd);
			default -> throw new IllegalArgumentException(
					"Descriptor %d is of kind %s; a pipe transport is for pipes, sockets and character devices"
						.formatted(fd, kind));
		}
		return kind;
	}

	/**
	 * Tell the protocol that the connection is lost.
	 */
	abstract void notifyLost(@Nullable Throwable exception);

	/**
	 * Return the protocol, for reports.
	 */
	abstract Object protocol();

	final PipeReactor reactor() {
		return this.reactor;
	}

	final EventLoop loop() {
		return this.reactor.loop();
	}

	final DescriptorKind kind() {
		return this.kind;
	}

	final int fd() {
		return this.descriptor.fd();
	}

	final boolean isOpen() {
		return this.descriptor.isOpen();
	}

	@Override
	public final boolean isClosing() {
		return this.closing;
	}

	final void beginClosing() {
		this.closing = true;
	}

	/**
	 * Leave the descriptor to the one who has given it: the transport will not be used.
	 */
	final void disown() {
		this.closing = true;
		this.lost = true;
		this.descriptor.disown();
	}

	/**
	 * Lose the connection in the next pass, so that a protocol is never called from
	 * within its own call.
	 */
	final void loseSoon(@Nullable Throwable exception) {
		this.closing = true;
		if (this.losing) {
			return;
		}
		this.losing = true;
		try {
			loop().callSoon(() -> lose(exception));
		}
		catch (IllegalStateException | OutOfMemoryError ex) {
			// There is no next pass, as the loop is closed, or no memory to wait for it
			lose(exception);
		}
	}

	/**
	 * Lose the connection now. Only the first call counts. The descriptor goes first: who
	 * is told that the last pipe of a child is lost may count on it.
	 */
	final void lose(@Nullable Throwable exception) {
		this.closing = true;
		if (this.lost) {
			return;
		}
		this.lost = true;
		try {
			this.descriptor.close();
		}
		finally {
			notifyLost(exception);
		}
	}

	final void report(String message, Throwable exception) {
		loop().callExceptionHandler(new ExceptionContext(message, exception,
				new TreeMap<>(Map.of("transport", this, "protocol", protocol()))));
	}

	final String describe(String activity) {
		String state = !isOpen() ? "closed" : (this.closing ? "closing, " : "open, ") + activity;
		return "%s[fd=%d, %s]".formatted(getClass().getSimpleName(), fd(), state);
	}

}
