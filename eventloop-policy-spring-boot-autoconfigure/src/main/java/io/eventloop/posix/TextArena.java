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

	private static final int KEPT_CAPACITY = 65_536;

	private static final long[] NONE = {};

	private NativeBlock kept = new NativeBlock(FIRST_CAPACITY);

	private NativeBlock block = this.kept;

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
	 * Forget what is there, and make room. What a rare large one needs is let go of with
	 * the next.
	 */
	void clear(long size) {
		this.block = (size > this.kept.size()) ? new NativeBlock(Math.toIntExact(size)) : this.kept;
		if (this.block.size() <= KEPT_CAPACITY) {
			this.kept = this.block;
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
		return putArray(NONE, texts);
	}

	/**
	 * An array of these addresses and of pointers to the texts, with a null pointer at
	 * its end. The addresses take 8 bytes each.
	 */
	long putArray(long[] addresses, List<byte[]> texts) {
		int pointers = Math.addExact(this.used, Long.BYTES - 1) & -Long.BYTES;
		int first = pointers + addresses.length * Long.BYTES;
		this.used = first + (texts.size() + 1) * Long.BYTES;
		for (int i = 0; i < addresses.length; i++) {
			this.block.putLong(pointers + i * Long.BYTES, addresses[i]);
		}
		for (int i = 0; i < texts.size(); i++) {
			this.block.putLong(first + i * Long.BYTES, put(texts.get(i)));
		}
		this.block.putLong(first + texts.size() * Long.BYTES, 0);
		return this.block.address(pointers);
	}

}
