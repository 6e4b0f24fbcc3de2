package io.eventloop.autoconfigure;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a thread does, for the log.
 */
final class StackText {

	private StackText() {
	}

	/**
	 * Return the thread's name and stack.
	 * @param thread the thread
	 */
	static String of(Thread thread) {
		return Arrays.stream(thread.getStackTrace())
			.map((frame) -> "\n\tat " + frame)
			.collect(Collectors.joining("", "thread '" + thread.getName() + "'", ""));
	}

}
