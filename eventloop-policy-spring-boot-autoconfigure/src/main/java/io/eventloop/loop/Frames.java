package io.eventloop.loop;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Tells the application's frames in a stack from those of loops and futures.
 */
final class Frames {

	private static final Predicate<String> INTERNAL = Pattern
		.compile("io\\.eventloop\\.(loop\\.)?[A-Z].*|java\\.util\\.concurrent\\..*")
		.asMatchPredicate();

	private static final String LAMBDA = "$$Lambda";

	private Frames() {
	}

	/**
	 * Return the first frame that is the application's, else the first one.
	 * @param frames at least one
	 */
	static String firstOfApplication(List<StackTraceElement> frames) {
		return frames.stream()
			.filter((frame) -> !INTERNAL.test(frame.getClassName()))
			.findFirst()
			.orElse(frames.get(0))
			.toString();
	}

	/**
	 * Return the name of a class, of a lambda without what differs from run to run.
	 */
	static String nameOf(Class<?> type) {
		String name = type.getName();
		int number = name.indexOf(LAMBDA);
		return (number >= 0) ? name.substring(0, number + LAMBDA.length()) : name;
	}

}
