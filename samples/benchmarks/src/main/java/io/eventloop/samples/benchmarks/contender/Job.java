package io.eventloop.samples.benchmarks.contender;

import java.util.List;

/**
 * What the children of a run are to do.
 *
 * @param mode what becomes of their standard streams
 * @param programs what they run, in turn
 */
record Job(Mode mode, List<String> programs) {

	/**
	 * What the children of {@link Mode#EXCHANGE} are sent, and must send back.
	 */
	static final byte[] INPUT = input();

	private static final String FAILING = "/bin/false";

	static Job of(Mode mode, String... programs) {
		return new Job(mode, List.of(programs));
	}

	String program(int index) {
		return this.programs.get(index % this.programs.size());
	}

	/**
	 * Return how the child is to end.
	 * @param index its place in the run
	 * @return its exit code
	 */
	int expected(int index) {
		return program(index).equals(FAILING) ? 1 : 0;
	}

	private static byte[] input() {
		byte[] input = new byte[64 * 1024];
		for (int i = 0; i < input.length; i++) {
			input[i] = (byte) (i * 31 + i / 251);
		}
		return input;
	}

	/**
	 * What becomes of the standard streams of a child.
	 */
	enum Mode {

		/** They are this process's. */
		INHERITED,

		/** Three pipes, read to their end. */
		PIPES,

		/** Three pipes; the input is written, the output is to be the same. */
		EXCHANGE

	}

}
