package io.eventloop.samples.benchmarks.comparison;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/**
 * Eight jobs that services give to programs. Each is done so that no full pipe stops it,
 * and fails where its program does.
 */
interface EightJobs {

	/**
	 * Run a shell command without output. At a time-out, end it with everything that it
	 * has started, and fail.
	 */
	void timeOut(String script, Duration timeout) throws Exception;

	/**
	 * Return the output of a shell command. Beyond a million characters, end it, and
	 * fail.
	 */
	String boundedOutput(String script) throws Exception;

	/**
	 * Log the lines of a shell command as they come: its output as information, its
	 * errors as warnings.
	 */
	void linesToTheLog(String script) throws Exception;

	/**
	 * Return the output of a shell command with each of these arguments, four at a time.
	 */
	List<String> fourAtATime(String script, List<String> arguments) throws Exception;

	/**
	 * Return the output of a shell command that has two more variables than this process.
	 */
	String environmentPlusTwo(String script) throws Exception;

	/**
	 * Return the output of a command that reads what another one writes.
	 */
	String pipe(List<String> from, List<String> to) throws Exception;

	/**
	 * Have a command read one stream and write another, which are larger than memory.
	 */
	void streamThrough(String program, InputStream input, OutputStream output) throws Exception;

	/**
	 * Return the output of a shell command, which is run up to three times.
	 */
	String retry(String script) throws Exception;

}
