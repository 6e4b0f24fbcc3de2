package io.eventloop.pipe;

import java.io.IOException;

import io.eventloop.BrokenPipeException;
import io.eventloop.WritePipeProtocol;
import io.eventloop.WriteTransport;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.posix.DescriptorKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to a pipe, socket or character device on a loop: at once what it takes, the rest
 * when it takes more. The loss of the reader is noticed without writing, for the writing
 * end of a pipe becomes readable then. Belongs to the loop's thread.
 *
 * @since 0.1.0
 */
public final class WritePipeTransport extends PipeTransport implements WriteTransport {

	private static final Logger logger = LoggerFactory.getLogger(WritePipeTransport.class);

	private static final int FIRST_REPORTED_LOST_WRITE = 5;

	private final WritePipeProtocol protocol;

	private final WriteBuffer buffer;

	private final WriteFlow flow = new WriteFlow();

	private int lostWrites;

	private final RepeatableCallback ready = this::writeReady;

	private final RepeatableCallback peerClosed = this::peerClosed;

	/**
	 * Take over a descriptor.
	 * @param reactor the loop
	 * @param fd the descriptor, made non-blocking here; the transport closes it
	 * @param protocol who is told
	 * @throws IOException if the descriptor is not open
	 * @throws IllegalArgumentException if it is a file or another thing that a loop
	 * cannot wait for
	 */
	public WritePipeTransport(PipeReactor reactor, int fd, WritePipeProtocol protocol) throws IOException {
		super(reactor, prepare(fd));
		this.protocol = protocol;
		this.buffer = new WriteBuffer(reactor, fd);
		takeOver(fd, protocol);
	}

	/**
	 * Take over the end of a pipe that is non-blocking already.
	 * @param protocol who is told
	 * @param reactor the loop
	 * @param fd the descriptor; the transport closes it
	 * @param madeFor whom to name if the transport is never closed
	 */
	public WritePipeTransport(WritePipeProtocol protocol, PipeReactor reactor, int fd, Object madeFor) {
		super(reactor, DescriptorKind.FIFO);
		this.protocol = protocol;
		this.buffer = new WriteBuffer(reactor, fd);
		takeOver(fd, madeFor);
	}

	/**
	 * Tell the protocol that it is connected, and begin to watch the other side.
	 */
	public void connect() {
		try {
			this.protocol.connectionMade(this);
		}
		finally {
			watchPeer();
		}
	}

	/**
	 * Begin to watch the other side, without telling the protocol that it is connected.
	 */
	public void watchPeer() {
		if (!isClosing() && kind() != DescriptorKind.CHARACTER_DEVICE) {
			reactor().watchReading(fd(), this.peerClosed);
		}
	}

	@Override
	public void write(byte[] data) {
		if (data.length == 0) {
			return;
		}
		if (isClosing()) {
			countLostWrite();
			return;
		}
		boolean idle = this.buffer.isEmpty();
		try {
			this.buffer.write(data);
			if (idle && !this.buffer.isEmpty()) {
				reactor().watchWriting(fd(), this.ready);
			}
		}
		catch (IOException ex) {
			fail(ex);
			return;
		}
		catch (OutOfMemoryError ex) {
			outOfMemory(ex);
			return;
		}
		pauseProtocolIfFull();
	}

	/**
	 * Write what the pipe takes. A run that finds the buffer empty does what an earlier
	 * one, which found no memory, has left to do.
	 */
	private void writeReady() {
		try {
			this.buffer.flush();
		}
		catch (IOException ex) {
			fail(ex);
			return;
		}
		catch (OutOfMemoryError ex) {
			outOfMemory(ex);
			return;
		}
		if (this.buffer.isEmpty()) {
			reactor().ignoreWriting(fd());
		}
		resumeProtocolIfDrained();
		if (this.buffer.isEmpty() && isClosing()) {
			lose(null);
		}
	}

	private void peerClosed() {
		debug("was closed by its peer");
		close(this.buffer.isEmpty() ? null
				: new BrokenPipeException("Descriptor %d has no reader any more, and %d bytes were not written"
					.formatted(fd(), this.buffer.size())));
	}

	private void fail(IOException ex) {
		debug("cannot be written any more: " + ex.getMessage());
		this.lostWrites++;
		close(ex);
	}

	/**
	 * Give up what was to be written: a part of it would look like all of it.
	 */
	private void outOfMemory(OutOfMemoryError error) {
		MemoryReserve.release();
		this.buffer.clear();
		fail(MemoryReserve.explain("What was to be written to a pipe does not fit into memory; write less at a time",
				error));
	}

	private void countLostWrite() {
		if (this.lostWrites >= FIRST_REPORTED_LOST_WRITE) {
			logger.warn("Something is still written to {}, which was closed or whose reader has gone: it is lost. "
					+ "Ask isClosing() before writing", this);
		}
		this.lostWrites++;
	}

	@Override
	public void writeEof() {
		if (isClosing()) {
			return;
		}
		beginClosing();
		if (this.buffer.isEmpty() || loop().isClosed()) {
			close(null);
		}
	}

	@Override
	public void close() {
		writeEof();
	}

	@Override
	public void abort() {
		close(null);
	}

	private void close(@Nullable Throwable exception) {
		if (!isOpen()) {
			return;
		}
		reactor().ignoreWriting(fd());
		reactor().ignoreReading(fd());
		this.buffer.clear();
		loseSoon(exception);
	}

	@Override
	public int getWriteBufferSize() {
		return (int) Math.min(this.buffer.size(), Integer.MAX_VALUE);
	}

	@Override
	public void setWriteBufferLimits(int high, int low) {
		this.flow.limits(high, low);
		pauseProtocolIfFull();
	}

	private void pauseProtocolIfFull() {
		if (this.flow.pausesAt(this.buffer.size())) {
			tell("pauseWriting", this.protocol::pauseWriting);
		}
	}

	private void resumeProtocolIfDrained() {
		if (this.flow.resumesAt(this.buffer.size())) {
			tell("resumeWriting", this.protocol::resumeWriting);
		}
	}

	private void tell(String what, Runnable call) {
		try {
			call.run();
		}
		catch (RuntimeException ex) {
			report("A protocol's %s() has failed".formatted(what), ex);
		}
		catch (OutOfMemoryError ex) {
			reportOutOfMemory(ex);
		}
	}

	@Override
	void notifyLost(@Nullable Throwable exception) {
		this.buffer.clear();
		this.protocol.connectionLost(exception);
	}

	@Override
	Object protocol() {
		return this.protocol;
	}

	private void debug(String what) {
		if (loop().isDebug()) {
			logger.debug("{} {}", this, what);
		}
	}

	@Override
	public String toString() {
		return describe("%s, buffered=%d".formatted(this.buffer.isEmpty() ? "idle" : "polling", this.buffer.size()));
	}

}
