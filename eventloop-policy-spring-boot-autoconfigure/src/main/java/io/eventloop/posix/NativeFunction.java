package io.eventloop.posix;

/**
 * A function of the C library that takes up to six whole numbers and returns one. It is
 * looked up when it is called first. From any thread.
 * <p>
 * Each way of calling native code has one subclass, and one of them is loaded in a JVM,
 * so that the just-in-time compiler sees through a call. After the first call nothing is
 * allocated.
 */
abstract class NativeFunction {

	private final String name;

	NativeFunction(String name) {
		this.name = name;
	}

	/**
	 * Call it. What it takes less than six is not looked at, and an {@code int} or
	 * {@code short} of C's is the lower part of a number.
	 * @return what it returns; the upper half is undefined where that is an {@code int}
	 * @throws UnsatisfiedLinkError if the library does not have it
	 */
	abstract long call(long first, long second, long third, long fourth, long fifth, long sixth);

	final long call(long first) {
		return call(first, 0, 0, 0, 0, 0);
	}

	final long call(long first, long second) {
		return call(first, second, 0, 0, 0, 0);
	}

	final long call(long first, long second, long third) {
		return call(first, second, third, 0, 0, 0);
	}

	final long call(long first, long second, long third, long fourth) {
		return call(first, second, third, fourth, 0, 0);
	}

	final long call(long first, long second, long third, long fourth, long fifth) {
		return call(first, second, third, fourth, fifth, 0);
	}

	final String name() {
		return this.name;
	}

	final UnsatisfiedLinkError missing() {
		return new UnsatisfiedLinkError("This C library has no " + this.name);
	}

}
