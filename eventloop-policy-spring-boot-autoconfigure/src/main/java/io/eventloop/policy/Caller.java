package io.eventloop.policy;

/**
 * The caller of the library: the nearest stack frame outside it.
 */
final class Caller {

	private static final String LIBRARY = "io.eventloop.";

	private Caller() {
	}

	static String outsideTheLibrary() {
		return StackWalker.getInstance()
			.walk((frames) -> frames.filter((frame) -> !frame.getClassName().startsWith(LIBRARY))
				.findFirst()
				.map((frame) -> frame.toStackTraceElement().toString())
				.orElse("an unknown caller"));
	}

}
