package io.eventloop.supervision;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Keeps the last lines of a child's standard error. Belongs to the loop's thread.
 */
final class LastLines {

	private static final int LINES = 20;

	private static final int CHARACTERS = 200;

	private final Deque<String> lines = new ArrayDeque<>();

	void add(String line) {
		if (this.lines.size() == LINES) {
			this.lines.remove();
		}
		this.lines.add((line.length() > CHARACTERS) ? line.substring(0, CHARACTERS) + "…" : line);
	}

	List<String> lines() {
		return List.copyOf(this.lines);
	}

	/**
	 * Return the end of a sentence that has the lines.
	 */
	String sentence() {
		return this.lines.isEmpty() ? "" : "; the last lines of its standard error:\n" + String.join("\n", this.lines);
	}

}
