package io.eventloop.samples.benchmarks.contender;

import java.util.List;

/**
 * A way to run children, used as an expert would use it. Belongs to the main thread.
 */
interface ChildProgram {

	/**
	 * A child that does nothing for longer than any case takes.
	 */
	List<String> IDLE = List.of("/bin/sleep", "600");

	/**
	 * Passes its input on.
	 */
	String PASSING_ON = "/bin/cat";

	/**
	 * How much each of {@link #readAtOnce} writes.
	 */
	int OUTPUT = 64 * 1024;

	/**
	 * A command that writes {@link #OUTPUT} zeros.
	 */
	List<String> WRITING_OUTPUT = List.of("/bin/dd", "if=/dev/zero", "bs=" + OUTPUT, "count=1", "status=none");

	/**
	 * Run children and return when the last has exited.
	 * @param job what they do
	 * @param count how many
	 * @param inFlight how many at once
	 * @throws Exception if one cannot be started
	 */
	void run(Job job, int count, int inFlight) throws Exception;

	/**
	 * Read the output of one child to its end.
	 * @param megabytes how much it writes, in 1,000,000 bytes
	 * @throws Exception if it cannot be started or read
	 */
	default void read(int megabytes) throws Exception {
		throw new UnsupportedOperationException("Streams are not measured");
	}

	/**
	 * Read the output of one child to its end, which another child has passed on.
	 * @param megabytes how much the first one writes, in 1,000,000 bytes
	 * @throws Exception if one cannot be started or read
	 */
	default void readThroughAnother(int megabytes) throws Exception {
		throw new UnsupportedOperationException("Children that are joined by a pipe are not measured");
	}

	/**
	 * Start children that each write {@link #OUTPUT} bytes, all before the first one is
	 * waited for, and read all that they write.
	 * @param children how many
	 * @throws Exception if one cannot be started or read
	 */
	default void readAtOnce(int children) throws Exception {
		throw new UnsupportedOperationException("Streams are not measured");
	}

	/**
	 * Return a command that writes zeros.
	 * @param megabytes how many, in 1,000,000 bytes
	 * @return the command
	 */
	static List<String> writing(int megabytes) {
		return List.of("/bin/dd", "if=/dev/zero", "bs=1000000", "count=" + megabytes, "status=none");
	}

	/**
	 * Start idle children, to be killed with {@link #killIdle()}.
	 * @param count how many more
	 * @throws Exception if one cannot be started
	 */
	void startIdle(int count) throws Exception;

	/**
	 * Return how many idle children are started at once.
	 * @return how many
	 */
	default int idleInFlight() {
		return 1;
	}

	/**
	 * Kill the idle children and return when the last was reported.
	 * @throws Exception if one cannot be killed
	 */
	void killIdle() throws Exception;

	/**
	 * Return how many children were reported with a wrong result.
	 * @return the number so far
	 */
	int wrong();

}
