package io.eventloop.loop;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Where a handle or task was made, for a loop in debug mode.
 */
final class Creation extends Exception {

	private static final long serialVersionUID = 1L;

	private final String made;

	/**
	 * Note that it is made here.
	 * @param made its text form
	 */
	Creation(String made) {
		super("scheduled here: " + made);
		this.made = made;
	}

	/**
	 * Return the text form of what was made.
	 */
	String made() {
		return this.made;
	}

	/**
	 * Return the method and line of the application that has made it, if the JVM keeps
	 * stacks.
	 */
	@Nullable String place() {
		List<StackTraceElement> frames = Arrays.asList(getStackTrace());
		return frames.isEmpty() ? null : Frames.firstOfApplication(frames);
	}

}
