package io.eventloop.pipe;

import java.nio.ByteBuffer;

import io.eventloop.memory.MemoryReserve;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that wait to be read or written, in the arrays in which they came. A search goes
 * on where the last one for the same byte ended, so that searching at every arrival costs
 * no more than one pass over the bytes. Belongs to one thread at a time.
 *
 * @since 0.1.0
 */
public final class ByteQueue {

	private static final byte[] NOTHING = {};

	private static final int FIRST_CHECK = 1024 * 1024;

	private @Nullable Chunk first;

	private @Nullable Chunk last;

	private int taken;

	private long size;

	/**
	 * The size at which to ask whether it leaves memory to others.
	 */
	private long nextCheck = FIRST_CHECK;

	private byte wanted;

	/**
	 * How many bytes from the front are known not to be {@link #wanted}, and where the
	 * next one is. The place counts only if there are any.
	 */
	private long searched;

	private @Nullable Chunk searchedChunk;

	private int searchedIndex;

	/**
	 * Return how many bytes wait.
	 * @return the number
	 */
	public long size() {
		return this.size;
	}

	/**
	 * Return whether no byte waits.
	 * @return whether it is empty
	 */
	public boolean isEmpty() {
		return this.size == 0;
	}

	/**
	 * Add at the end. The array belongs to the queue from now on.
	 * @param bytes the bytes
	 * @throws OutOfMemoryError if it would leave too little memory to others
	 */
	public void add(byte[] bytes) {
		if (bytes.length == 0) {
			return;
		}
		if (this.size >= this.nextCheck) {
			MemoryReserve.requireHeadroom();
			this.nextCheck = this.size + MemoryReserve.CHECK_INTERVAL;
		}
		Chunk added = new Chunk(bytes);
		if (this.last == null) {
			this.first = added;
		}
		else {
			this.last.next = added;
		}
		this.last = added;
		this.size += bytes.length;
	}

	/**
	 * Take that many bytes, of those that are there.
	 * @param count how many
	 * @return the bytes
	 */
	public byte[] take(int count) {
		if (count == 0 || this.first == null) {
			return NOTHING;
		}
		byte[] result = this.first.bytes;
		if (this.taken > 0 || result.length != count) {
			result = new byte[count];
			if (count >= FIRST_CHECK) {
				MemoryReserve.requireHeadroom();
			}
			copyTo(ByteBuffer.wrap(result));
		}
		drop(count);
		return result;
	}

	/**
	 * Copy as many bytes as the buffer has room for, and keep them.
	 * @param target where to
	 */
	public void copyTo(ByteBuffer target) {
		int start = this.taken;
		for (Chunk chunk = this.first; chunk != null && target.hasRemaining(); chunk = chunk.next) {
			target.put(chunk.bytes, start, Math.min(chunk.bytes.length - start, target.remaining()));
			start = 0;
		}
	}

	/**
	 * Drop that many bytes from the front.
	 * @param count how many
	 */
	public void drop(long count) {
		this.size -= count;
		this.nextCheck = Math.min(this.nextCheck, this.size + MemoryReserve.CHECK_INTERVAL);
		this.searched = Math.max(0, this.searched - count);
		long left = this.taken + count;
		Chunk chunk = this.first;
		while (chunk != null && left >= chunk.bytes.length) {
			left -= chunk.bytes.length;
			chunk = chunk.next;
		}
		this.first = chunk;
		this.taken = (int) left;
		if (chunk == null) {
			clear();
		}
	}

	/**
	 * Drop all bytes.
	 */
	public void clear() {
		this.first = null;
		this.last = null;
		this.taken = 0;
		this.size = 0;
		this.nextCheck = FIRST_CHECK;
		this.searched = 0;
		this.searchedChunk = null;
	}

	/**
	 * Return the place of a byte.
	 * @param wanted the byte
	 * @return the place, counted from the front, or -1
	 */
	public long indexOf(byte wanted) {
		boolean goesOn = this.searched > 0 && this.wanted == wanted;
		Chunk chunk = goesOn ? this.searchedChunk : this.first;
		int index = goesOn ? this.searchedIndex : this.taken;
		long before = goesOn ? this.searched : 0;
		while (chunk != null) {
			int found = indexIn(chunk.bytes, index, wanted);
			before += found - index;
			if (found < chunk.bytes.length || chunk.next == null) {
				remember(wanted, before, chunk, found);
				return (found < chunk.bytes.length) ? before : -1;
			}
			chunk = chunk.next;
			index = 0;
		}
		return -1;
	}

	private static int indexIn(byte[] bytes, int start, byte wanted) {
		int index = start;
		while (index < bytes.length && bytes[index] != wanted) {
			index++;
		}
		return index;
	}

	private void remember(byte absent, long count, Chunk chunk, int index) {
		this.wanted = absent;
		this.searched = count;
		this.searchedChunk = chunk;
		this.searchedIndex = index;
	}

	/**
	 * One array, and those behind it.
	 */
	private static final class Chunk {

		private final byte[] bytes;

		private @Nullable Chunk next;

		Chunk(byte[] bytes) {
			this.bytes = bytes;
		}

	}

}
