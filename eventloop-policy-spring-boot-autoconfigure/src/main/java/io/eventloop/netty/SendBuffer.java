package io.eventloop.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;

/**
 * The buffer that a loop's connections send from. Most of what is sent is with the kernel
 * when the call returns, so one buffer serves all connections, and stays in the
 * processor's caches. While a channel still holds it, others are allocated. Belongs to
 * the loop's thread.
 */
final class SendBuffer {

	/**
	 * The most that is sent at once.
	 */
	static final int SIZE = 64 * 1024;

	private final ByteBuf shared = new UnpooledByteBufAllocator(true, true).directBuffer(SIZE, SIZE);

	/**
	 * Return an empty buffer with room for so many bytes, of {@link #SIZE} at most. Who
	 * sends it releases it.
	 */
	ByteBuf take(int size, ByteBufAllocator others) {
		return (this.shared.refCnt() == 1) ? this.shared.clear().retain() : others.ioBuffer(size);
	}

	/**
	 * The loop is closed. A channel that still sends releases it later.
	 */
	void close() {
		this.shared.release();
	}

}
