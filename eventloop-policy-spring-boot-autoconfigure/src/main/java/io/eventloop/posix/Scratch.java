package io.eventloop.posix;

/**
 * The calling thread's own small memory for results of calls: nothing is allocated per
 * call, and no two threads meet in it. Its content is lost at the next call that uses it.
 */
final class Scratch {

	private static final int SIZE = 512;

	private static final ThreadLocal<NativeBlock> BLOCK = ThreadLocal.withInitial(() -> new NativeBlock(SIZE));

	private Scratch() {
	}

	static NativeBlock get() {
		return BLOCK.get();
	}

}
