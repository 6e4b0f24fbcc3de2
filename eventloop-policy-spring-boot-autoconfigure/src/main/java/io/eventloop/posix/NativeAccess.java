package io.eventloop.posix;

import java.nio.Buffer;
import java.nio.ByteBuffer;

/**
 * A way of calling native code. All functions are called in one manner, with six numbers:
 * the first call of each manner is what costs time, not the functions.
 */
interface NativeAccess {

	/**
	 * Return a function of the C library, whether or not it has it.
	 */
	NativeFunction function(String name);

	/**
	 * Return the address of a variable of the C library.
	 * @throws UnsatisfiedLinkError if it does not have it
	 */
	long variable(String name);

	/**
	 * Return the error of this thread's last call that failed.
	 */
	int errno();

	/**
	 * Return the address of a direct buffer's first byte, whatever its position.
	 */
	long addressOf(Buffer buffer);

	/**
	 * Return a buffer over memory that is not the buffer's to free.
	 */
	ByteBuffer bufferAt(long address, int size);

	/**
	 * Return the name of this way, for people.
	 */
	String description();

	/**
	 * Return the way for this JVM: Java's own from 22 on, which needs no library of its
	 * own, and jffi's before.
	 */
	static NativeAccess best() {
		String wanted = System.getProperty("eventloop.native-access", "");
		return switch (wanted) {
			case "" -> (Runtime.version().feature() >= ForeignApi.SINCE) ? new ForeignAccess() : new JffiAccess();
			case "ffm" -> new ForeignAccess();
			case "jffi" -> new JffiAccess();
			default -> throw new IllegalArgumentException(
					"The system property eventloop.native-access must be ffm or jffi, not " + wanted);
		};
	}

}
