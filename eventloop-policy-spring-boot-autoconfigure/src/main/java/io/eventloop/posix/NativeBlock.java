package io.eventloop.posix;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A piece of memory outside the heap whose address does not change. It is zeroed at
 * first, and freed once this object is unreachable: keep it in a field, or fence it,
 * while the kernel works on it.
 */
final class NativeBlock {

	private final ByteBuffer bytes;

	private final long address;

	NativeBlock(int size) {
		this.bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
		this.address = addressOf(this.bytes);
	}

	/**
	 * The address of a direct buffer's first byte, whatever its position.
	 */
	static long addressOf(Buffer buffer) {
		return LibC.C.addressOf(buffer);
	}

	int size() {
		return this.bytes.capacity();
	}

	long address() {
		return this.address;
	}

	long address(int offset) {
		return this.address + offset;
	}

	short getShort(int offset) {
		return this.bytes.getShort(offset);
	}

	int getInt(int offset) {
		return this.bytes.getInt(offset);
	}

	long getLong(int offset) {
		return this.bytes.getLong(offset);
	}

	byte[] getBytes(int offset, int count) {
		byte[] values = new byte[count];
		this.bytes.get(offset, values);
		return values;
	}

	void putByte(int offset, byte value) {
		this.bytes.put(offset, value);
	}

	void putInt(int offset, int value) {
		this.bytes.putInt(offset, value);
	}

	void putLong(int offset, long value) {
		this.bytes.putLong(offset, value);
	}

	void putBytes(int offset, byte[] values) {
		this.bytes.put(offset, values);
	}

}
