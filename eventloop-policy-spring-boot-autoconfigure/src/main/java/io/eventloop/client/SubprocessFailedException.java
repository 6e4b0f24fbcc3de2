package io.eventloop.client;

import java.io.Serial;

import io.eventloop.ExitStatus;
import io.eventloop.Signal;

/**
 * Thrown when a program has ended, and not well.
 *
 * @since 0.1.0
 */
public class SubprocessFailedException extends SubprocessException {

	@Serial
	private static final long serialVersionUID = 1L;

	private static final int SIGXCPU = 24;

	private static final int SIGXFSZ = 25;

	private final transient SubprocessResult result;

	private final String errorExcerpt;

	/**
	 * Create the exception.
	 * @param command the command's name
	 * @param result how it ended
	 * @param errorExcerpt the last lines of its standard error; may be empty
	 * @param shown whether the message has them
	 */
	public SubprocessFailedException(String command, SubprocessResult result, String errorExcerpt, boolean shown) {
		super(command, message(command, result.status(), shown ? errorExcerpt : ""), null);
		this.result = result;
		this.errorExcerpt = errorExcerpt;
	}

	private static String message(String command, ExitStatus status, String excerpt) {
		return command + " " + text(status) + (excerpt.isBlank() ? "" : ": " + excerpt.strip());
	}

	/**
	 * Name the signal, and what it means where only a limit of the system's sends it.
	 */
	private static String signal(int number) {
		return switch (number) {
			case SIGXCPU -> "SIGXCPU, as it has used more processor time than its limit (cpu)";
			case SIGXFSZ -> "SIGXFSZ, as it has written a larger file than its limit (fsize)";
			default -> Signal.of(number).toString();
		};
	}

	private static String text(ExitStatus status) {
		if (status instanceof ExitStatus.Signaled signaled) {
			return "was ended by " + signal(signaled.signal()) + (signaled.coreDumped() ? " and left a core dump" : "");
		}
		if (status instanceof ExitStatus.Lost lost) {
			return "has ended, but its exit status is unknown: " + lost.reason();
		}
		return "ended with exit code " + status.returnCode();
	}

	/**
	 * Return how it ended, and what was collected.
	 * @return the result; {@code null} only where the exception was serialized
	 */
	public SubprocessResult result() {
		return this.result;
	}

	/**
	 * Return how the program ended.
	 * @return the status
	 */
	public ExitStatus status() {
		return this.result.status();
	}

	/**
	 * Return the last lines of the standard error, 2 KiB at most.
	 * @return the lines; may be empty
	 */
	public String errorExcerpt() {
		return this.errorExcerpt;
	}

}
