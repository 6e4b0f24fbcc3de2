package io.eventloop.supervision;

import java.util.Arrays;
import java.util.List;

/**
 * What a message of a child says that matters here. Other assignments are ignored, as
 * sd_notify(3) wants of those that are not known.
 *
 * @param ready whether the child is ready: {@code READY=1}
 * @param alive whether it still works: {@code WATCHDOG=1}
 * @param broken whether it says that it does not: {@code WATCHDOG=trigger}
 * @see <a href="https://man7.org/linux/man-pages/man3/sd_notify.3.html">sd_notify(3)</a>
 */
record Notification(boolean ready, boolean alive, boolean broken) {

	/**
	 * Parse a message.
	 * @param text assignments, one a line
	 * @param cut whether the last one is not complete, and not counted
	 */
	static Notification parse(String text, boolean cut) {
		String complete = cut ? text.substring(0, text.lastIndexOf('\n') + 1) : text;
		String unterminated = complete.endsWith("\0") ? complete.substring(0, complete.length() - 1) : complete;
		List<String> assignments = Arrays.asList(unterminated.split("\n"));
		return new Notification(assignments.contains("READY=1"), assignments.contains("WATCHDOG=1"),
				assignments.contains("WATCHDOG=trigger"));
	}

}
