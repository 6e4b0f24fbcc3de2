package io.eventloop.message;

import java.util.Arrays;

/**
 * Bytes that were read and not yet taken, in one array. Grows by doubling, so that pieces
 * of a byte cost no more than large ones. Belongs to one thread at a time.
 */
final class FrameBuffer {

	private static final byte[] NOTHING = {};

	private byte[] bytes = NOTHING;

	private int start;

	private int end;

	/**
	 * From where on a line feed is looked for.
	 */
	private int unsearched;

	int size() {
		return this.end - this.start;
	}

	/**
	 * Add at the end. The array belongs to the buffer from now on.
	 */
	void add(byte[] data) {
		if (size() == 0) {
			this.bytes = data;
			this.start = 0;
			this.end = data.length;
			this.unsearched = 0;
			return;
		}
		makeRoom(data.length);
		System.arraycopy(data, 0, this.bytes, this.end, data.length);
		this.end += data.length;
	}

	private void makeRoom(int length) {
		int size = size();
		if (this.bytes.length - this.end >= length) {
			return;
		}
		byte[] target = (size + length <= this.bytes.length / 2) ? this.bytes
				: new byte[Math.max(Math.addExact(size, length), (int) Math.min(2L * size, Integer.MAX_VALUE - 8))];
		System.arraycopy(this.bytes, this.start, target, 0, size);
		this.bytes = target;
		this.unsearched -= this.start;
		this.start = 0;
		this.end = size;
	}

	/**
	 * Return how many bytes there are before the first line feed, or -1 if there is none.
	 * Searches each byte once.
	 */
	int indexOfLineFeed() {
		int index = Math.max(this.unsearched, this.start);
		while (index < this.end && this.bytes[index] != '\n') {
			index++;
		}
		this.unsearched = index;
		return (index < this.end) ? index - this.start : -1;
	}

	byte at(int index) {
		return this.bytes[this.start + index];
	}

	byte[] take(int count) {
		byte[] taken = Arrays.copyOfRange(this.bytes, this.start, this.start + count);
		drop(count);
		return taken;
	}

	void drop(int count) {
		this.start += count;
		if (this.start == this.end) {
			this.bytes = NOTHING;
			this.start = 0;
			this.end = 0;
			this.unsearched = 0;
		}
	}

}
