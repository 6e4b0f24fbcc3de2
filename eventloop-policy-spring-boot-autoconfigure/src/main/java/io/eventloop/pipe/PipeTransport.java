package io.eventloop.pipe;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.Transport;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.posix.DescriptorKind;
import io.eventloop.posix.Descriptors;
import org.jspecify.annotations.Nullable;

/**
 * What the two kinds of pipe transports share: how they end. <pre>
 * open ──close, error, end──▶ closing ──next pass──▶ lost: descriptor closed, protocol told
 * </pre> Belongs to the loop's thread.
 *
 * @since 0.1.0
 */
public abstract sealed class PipeTransport implements Transport permits ReadPipeTransport, WritePipeTransport {

	private final PipeReactor reactor;

	private final DescriptorKind kind;

	@SuppressWarnings("NullAway.Init") // taken over at the end of every constructor
	private PipeDescriptor descriptor;

	private volatile boolean closing;

	private boolean losing;

	private boolean lost;

	PipeTransport(PipeReactor reactor, DescriptorKind kind) {
		this.reactor = reactor;
		this.kind = kind;
	}

	/**
	 * Take over a descriptor, as the last step of a constructor: of a transport for which
	 * there is no memory, the descriptor remains the caller's.
	 * @param madeFor whom to name if the transport is never closed
	 */
	final void takeOver(int fd, Object madeFor) {
		this.descriptor = new PipeDescriptor(this, madeFor, this.reactor, fd);
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

	/**
	 * Return the descriptor. Its number may be another's once this is closed.
	 * @return the number
	 */
	public final int fd() {
		return this.descriptor.fd();
	}

	/**
	 * Return whether the descriptor is open.
	 * @return whether it is
	 */
	public final boolean isOpen() {
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
	public final void disown() {
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
			loop().callSoon((RepeatableCallback) () -> lose(exception));
		}
		catch (IllegalStateException | OutOfMemoryError ex) {
			// There is no next pass, as the loop is closed, or no memory to wait for it
			lose(exception);
		}
	}

	/**
	 * Lose the connection now. Only the first call counts. The descriptor goes first: who
	 * is told that the last pipe of a child is lost may count on it.
	 * @param exception why, or {@code null} for an ordinary end
	 */
	public final void lose(@Nullable Throwable exception) {
		this.closing = true;
		if (this.lost) {
			return;
		}
		this.lost = true;
		try {
			this.descriptor.close();
		}
		finally {
			tellLoss(exception);
		}
	}

	/**
	 * Tell the protocol. An {@link OutOfMemoryError} is the user's, where the protocol
	 * is, and is reported: the callback that the loop runs here is the library's own.
	 */
	private void tellLoss(@Nullable Throwable exception) {
		try {
			notifyLost(exception);
		}
		catch (OutOfMemoryError ex) {
			reportOutOfMemory(ex);
		}
	}

	final void reportOutOfMemory(OutOfMemoryError error) {
		MemoryReserve.release();
		loop().callExceptionHandler(
				MemoryReserve.describe("A protocol has found no memory", error, "protocol", protocol()));
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
