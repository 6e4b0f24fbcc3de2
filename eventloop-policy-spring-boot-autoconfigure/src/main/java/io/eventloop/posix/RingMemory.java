package io.eventloop.posix;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory that an io_uring shares with the kernel, which must not be touched any more once
 * it has been unmapped.
 * <p>
 * <b>Order.</b> An index says which entries the other side has written or read. What
 * {@link #publish} stores, the kernel sees after all that was stored before; what was
 * stored before an index that {@link #observe} loads, is seen here.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2)</a>
 */
final class RingMemory {

	private static final int PROT_READ_WRITE = 0x3;

	/**
	 * MAP_SHARED and MAP_POPULATE.
	 */
	private static final int FLAGS = 0x8001;

	private static final int MAP_FAILED = -1;

	private final long address;

	private final ByteBuffer bytes;

	RingMemory(int fd, long offset, int size) throws PosixException {
		this.address = LibC.C.mmap(0, size, PROT_READ_WRITE, FLAGS, fd, offset);
		if (this.address == MAP_FAILED) {
			throw new PosixException("Cannot map the memory of an io_uring", LibC.C.errno());
		}
		this.bytes = LibC.C.bufferAt(this.address, size).order(ByteOrder.nativeOrder());
	}

	int getInt(int offset) {
		return this.bytes.getInt(offset);
	}

	long getLong(int offset) {
		return this.bytes.getLong(offset);
	}

	void putByte(int offset, int value) {
		this.bytes.put(offset, (byte) value);
	}

	void putInt(int offset, int value) {
		this.bytes.putInt(offset, value);
	}

	void putLong(int offset, long value) {
		this.bytes.putLong(offset, value);
	}

	/**
	 * Load an index that the kernel stores.
	 */
	int observe(int offset) {
		int index = this.bytes.getInt(offset);
		VarHandle.acquireFence();
		return index;
	}

	/**
	 * Store an index that the kernel loads.
	 */
	void publish(int offset, int index) {
		VarHandle.releaseFence();
		this.bytes.putInt(offset, index);
	}

	void unmap() {
		LibC.C.munmap(this.address, this.bytes.capacity());
	}

}
