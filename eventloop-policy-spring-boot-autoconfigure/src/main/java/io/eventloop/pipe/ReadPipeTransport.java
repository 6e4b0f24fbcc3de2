package io.eventloop.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.eventloop.ReadPipeProtocol;
import io.eventloop.ReadTransport;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.posix.DescriptorKind;
import io.eventloop.posix.PosixException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a pipe, socket or character device on a loop: once per event, at most as much as
 * the loop's scratch buffer holds. A pipe that is always full is made larger, and read
 * several times per event. Belongs to the loop's thread.
 * <p>
 * Where what was read finds no memory, or the protocol finds none when it is told, the
 * pipe is lost with an {@link IOException} whose cause is the {@link OutOfMemoryError};
 * the loop goes on.
 *
 * @since 0.1.0
 */
public final class ReadPipeTransport extends PipeTransport implements ReadTransport {

	private static final Logger logger = LoggerFactory.getLogger(ReadPipeTransport.class);

	/**
	 * So little may be taken from the {@link MemoryReserve}: who has filled the memory
	 * reads more at a time, and fails first.
	 */
	private static final int SMALL = 8 * 1024;

	private final ReadPipeProtocol protocol;

	private boolean paused;

	private boolean watched;

	private final RepeatableCallback ready = this::readReady;

	private final PipeGrowth growth = new PipeGrowth();

	/**
	 * Take over a descriptor. Nothing is read before {@link #connect()}.
	 * @param reactor the loop
	 * @param fd the descriptor, made non-blocking here; the transport closes it
	 * @param protocol who is told
	 * @throws IOException if the descriptor is not open
	 * @throws IllegalArgumentException if it is a file or another thing that a loop
	 * cannot wait for
	 */
	public ReadPipeTransport(PipeReactor reactor, int fd, ReadPipeProtocol protocol) throws IOException {
		super(reactor, prepare(fd));
		this.protocol = protocol;
		takeOver(fd, protocol);
	}

	/**
	 * Take over the end of a pipe that is non-blocking already.
	 * @param protocol who is told
	 * @param reactor the loop
	 * @param fd the descriptor; the transport closes it
	 * @param madeFor whom to name if the transport is never closed
	 */
	public ReadPipeTransport(ReadPipeProtocol protocol, PipeReactor reactor, int fd, Object madeFor) {
		super(reactor, DescriptorKind.FIFO);
		this.protocol = protocol;
		takeOver(fd, madeFor);
	}

	/**
	 * Tell the protocol that it is connected, and begin to read.
	 */
	public void connect() {
		try {
			this.protocol.connectionMade(this);
		}
		finally {
			startReading();
		}
	}

	/**
	 * Begin to read, without telling the protocol that it is connected.
	 */
	public void startReading() {
		if (isReading() && !this.watched) {
			reactor().watchReading(fd(), this.ready);
			this.watched = true;
		}
	}

	private void stopReading() {
		if (this.watched) {
			this.watched = false;
			reactor().ignoreReading(fd());
		}
	}

	@Override
	public boolean isReading() {
		return !this.paused && !isClosing();
	}

	@Override
	public void pauseReading() {
		if (isReading()) {
			this.paused = true;
			stopReading();
			debug("pauses reading");
		}
	}

	@Override
	public void resumeReading() {
		if (this.paused && !isClosing()) {
			this.paused = false;
			startReading();
			debug("resumes reading");
		}
	}

	@Override
	public void close() {
		if (!isClosing()) {
			stopReading();
			loseSoon(null);
		}
	}

	private void readReady() {
		int left = this.growth.reads();
		while (left > 0 && isReading() && read()) {
			left--;
		}
	}

	/**
	 * Read once.
	 * @return whether more may be there
	 */
	private boolean read() {
		int count;
		try {
			ByteBuffer scratch = reactor().scratch();
			count = reactor().read(fd(), scratch.limit(this.growth.size(scratch.capacity())));
			if (count > 0) {
				this.protocol.dataReceived(restOf(scratch.flip()));
			}
		}
		catch (IOException ex) {
			fail(ex);
			return false;
		}
		catch (OutOfMemoryError ex) {
			outOfMemory(ex);
			return false;
		}
		if (count == 0) {
			end();
		}
		return count > 0 && isReading() && this.growth.taken(count, reactor(), fd());
	}

	private byte[] restOf(ByteBuffer scratch) {
		if (this.protocol instanceof FillableReader reader) {
			reader.fill(scratch);
		}
		int count = scratch.remaining();
		if (count > SMALL && this.growth.reads() > 1) {
			return this.growth.copy(scratch);
		}
		byte[] data = allocate(count);
		scratch.get(data);
		return data;
	}

	private static byte[] allocate(int count) {
		try {
			return new byte[count];
		}
		catch (OutOfMemoryError ex) {
			if (count > SMALL) {
				throw ex;
			}
			MemoryReserve.release();
			return new byte[count];
		}
	}

	private void outOfMemory(OutOfMemoryError error) {
		MemoryReserve.release();
		beginClosing();
		stopReading();
		lose(MemoryReserve
			.explain("What was read from a pipe does not fit into memory; read less before you let go of it", error));
	}

	private void end() {
		debug("was closed by its peer");
		beginClosing();
		stopReading();
		try {
			this.protocol.eofReceived();
		}
		catch (OutOfMemoryError ex) {
			reportOutOfMemory(ex);
		}
		finally {
			lose(null);
		}
	}

	private void fail(IOException ex) {
		// What a terminal answers once its other side is closed
		if (ex instanceof PosixException posix && posix.errnoName().equals("EIO")) {
			debug("cannot be read any more");
		}
		else {
			report("Cannot read from a pipe; it is closed", ex);
		}
		stopReading();
		loseSoon(ex);
	}

	@Override
	void notifyLost(@Nullable Throwable exception) {
		this.growth.end();
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
		return describe(this.watched ? "polling" : "idle");
	}

}
