package io.eventloop.client.test;

import java.util.List;
import java.util.function.Predicate;

/**
 * Tells which commands are meant.
 *
 * @param text what it is written as, for messages
 * @param predicate tells
 */
record CommandMatcher(String text, Predicate<? super AskedCommand> predicate) {

	/**
	 * Match a program, by its path, its file name or the command's name.
	 * @param arguments exactly these, or any where there are none
	 */
	static CommandMatcher of(String program, List<String> arguments) {
		return new CommandMatcher(text(program, arguments),
				(asked) -> isCalled(asked, program) && (arguments.isEmpty() || asked.arguments().equals(arguments)));
	}

	/**
	 * Match a shell command.
	 */
	static CommandMatcher shell(String command) {
		return new CommandMatcher("shell " + command, (asked) -> asked.arguments().size() >= 2
				&& asked.arguments().get(0).equals("-c") && asked.arguments().get(1).equals(command));
	}

	private static boolean isCalled(AskedCommand asked, String program) {
		return asked.program().equals(program) || asked.name().equals(program)
				|| asked.program().endsWith("/" + program);
	}

	static String text(String program, List<String> arguments) {
		return arguments.isEmpty() ? program : program + " " + String.join(" ", arguments);
	}

	boolean matches(AskedCommand asked) {
		return this.predicate.test(asked);
	}

	@Override
	public String toString() {
		return this.text;
	}

}
