package io.eventloop.posix;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Lays out texts as C has them, and arrays of pointers to them, one after the other in
 * one piece of memory that is kept for the next time. Addresses hold until
 * {@link #clear(long)}.
 */
final class TextArena {

	private static final int FIRST_CAPACITY = 4096;

	private NativeBlock block = new NativeBlock(FIRST_CAPACITY);

	private int used;

	static byte[] encode(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * The bytes that an array of these texts takes.
	 */
	static long sizeOfArray(List<byte[]> texts) {
		long size = (texts.size() + 2L) * Long.BYTES;
		for (byte[] text : texts) {
			size += text.length + 1;
		}
		return size;
	}

	/**
	 * Forget what is there, and make room.
	 */
	void clear(long size) {
		if (size > this.block.size()) {
			this.block = new NativeBlock(Math.toIntExact(size));
		}
		this.used = 0;
	}

	long put(byte[] text) {
		int offset = this.used;
		this.block.putBytes(offset, text);
		this.block.putByte(offset + text.length, (byte) 0);
		this.used = offset + text.length + 1;
		return this.block.address(offset);
	}

	/**
	 * An array of pointers to the texts, with a null pointer at its end.
	 */
	long putArray(List<byte[]> texts) {
		int pointers = Math.addExact(this.used, Long.BYTES - 1) & -Long.BYTES;
		this.used = pointers + (texts.size() + 1) * Long.BYTES;
		for (int i = 0; i < texts.size(); i++) {
			this.block.putLong(pointers + i * Long.BYTES, put(texts.get(i)));
		}
		this.block.putLong(pointers + texts.size() * Long.BYTES, 0);
		return this.block.address(pointers);
	}

}
