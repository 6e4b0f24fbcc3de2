package io.eventloop.samples.benchmarks.contender;

import java.util.List;

/**
 * What the children of a run do.
 *
 * @param mode the mode of their standard streams
 * @param programs what they run, in turn
 */
record Job(Mode mode, List<String> programs) {

	/**
	 * The bytes that children of {@link Mode#EXCHANGE} receive and must send back.
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
	 * Return the expected exit code of a child.
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
	 * The mode of a child's standard streams.
	 */
	enum Mode {

		/** Inherited from this process. */
		INHERITED,

		/** Three pipes, read to their end. */
		PIPES,

		/** Three pipes; the input is written, and the output must be the same. */
		EXCHANGE

	}

}
