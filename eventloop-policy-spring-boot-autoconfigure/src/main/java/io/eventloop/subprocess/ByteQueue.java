package io.eventloop.subprocess;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Bytes that wait to be read or written, in the arrays in which they came.
 */
final class ByteQueue {

	private static final byte[] NOTHING = {};

	private static final int FIRST_CHECK = 1024 * 1024;

	private final Deque<byte[]> chunks = new ArrayDeque<>(2);

	private int taken;

	private long size;

	/**
	 * The size at which to ask whether it leaves memory to others.
	 */
	private long nextCheck = FIRST_CHECK;

	long size() {
		return this.size;
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	/**
	 * Add at the end. The array belongs to the queue from now on.
	 * @throws OutOfMemoryError if it would leave too little memory to others
	 */
	void add(byte[] chunk) {
		if (chunk.length > 0) {
			if (this.size >= this.nextCheck) {
				MemoryReserve.requireHeadroom();
				this.nextCheck = this.size + MemoryReserve.CHECK_INTERVAL;
			}
			this.chunks.addLast(chunk);
			this.size += chunk.length;
		}
	}

	/**
	 * Put back what was taken last.
	 */
	void addFirst(byte[] chunk) {
		if (this.taken > 0) {
			byte[] first = this.chunks.removeFirst();
			this.chunks.addFirst(Arrays.copyOfRange(first, this.taken, first.length));
			this.taken = 0;
		}
		if (chunk.length > 0) {
			this.chunks.addFirst(chunk);
			this.size += chunk.length;
		}
	}

	/**
	 * Take that many bytes, of those that are there.
	 */
	byte[] take(int count) {
		if (count == 0) {
			return NOTHING;
		}
		byte[] first = this.chunks.getFirst();
		if (this.taken == 0 && first.length == count) {
			this.chunks.removeFirst();
			this.size -= count;
			return first;
		}
		byte[] result = new byte[count];
		if (count >= FIRST_CHECK) {
			MemoryReserve.requireHeadroom();
		}
		copyTo(ByteBuffer.wrap(result));
		drop(count);
		return result;
	}

	/**
	 * Copy as many bytes as the buffer has room for, and keep them.
	 */
	void copyTo(ByteBuffer target) {
		int start = this.taken;
		for (byte[] chunk : this.chunks) {
			if (!target.hasRemaining()) {
				return;
			}
			target.put(chunk, start, Math.min(chunk.length - start, target.remaining()));
			start = 0;
		}
	}

	/**
	 * Drop that many bytes from the front.
	 */
	void drop(long count) {
		long left = count;
		this.size -= count;
		this.nextCheck = Math.min(this.nextCheck, this.size + MemoryReserve.CHECK_INTERVAL);
		while (left > 0) {
			int rest = this.chunks.getFirst().length - this.taken;
			if (left < rest) {
				this.taken += (int) left;
				return;
			}
			left -= rest;
			this.chunks.removeFirst();
			this.taken = 0;
		}
	}

	void clear() {
		this.chunks.clear();
		this.taken = 0;
		this.size = 0;
		this.nextCheck = FIRST_CHECK;
	}

	/**
	 * Return the place of a byte, counted from the front, or -1.
	 */
	long indexOf(byte wanted) {
		long before = 0;
		int start = this.taken;
		for (byte[] chunk : this.chunks) {
			for (int i = start; i < chunk.length; i++) {
				if (chunk[i] == wanted) {
					return before + i - start;
				}
			}
			before += chunk.length - start;
			start = 0;
		}
		return -1;
	}

}
