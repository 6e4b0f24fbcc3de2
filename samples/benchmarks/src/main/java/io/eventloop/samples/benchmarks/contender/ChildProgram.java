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
	 * Run children and return when the last has exited.
	 * @param job what they do
	 * @param count how many
	 * @param inFlight how many at once
	 * @throws Exception if one cannot be started
	 */
	void run(Job job, int count, int inFlight) throws Exception;

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
