package io.eventloop.posix;

import io.eventloop.memory.PerThread;

/**
 * The calling thread's own small memory for parameters and results: nothing is allocated
 * per call, and no two threads meet in it. Its content is lost at the next call that uses
 * it.
 */
final class Scratch {

	private static final int SIZE = 512;

	private static final PerThread<NativeBlock> BLOCK = new PerThread<>(() -> new NativeBlock(SIZE));

	private static final PerThread<TextArena> TEXT = new PerThread<>(TextArena::new);

	private Scratch() {
	}

	static NativeBlock get() {
		return BLOCK.get();
	}

	/**
	 * The address of a text as C has it, until this thread asks for another.
	 */
	static long text(String text) {
		return text(TextArena.encode(text));
	}

	static long text(byte[] encoded) {
		TextArena arena = TEXT.get();
		arena.clear(encoded.length + 1L);
		return arena.put(encoded);
	}

}
