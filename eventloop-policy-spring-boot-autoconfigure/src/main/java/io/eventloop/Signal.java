package io.eventloop;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A POSIX signal, with Linux's numbers.
 *
 * @param name the name, such as {@code SIGTERM}
 * @param number the number
 * @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>
 * @since 0.1.0
 */
public record Signal(String name, int number) {

	/** Hang-up of the terminal, or "reload your configuration". */
	public static final Signal SIGHUP = new Signal("SIGHUP", 1);

	/** Interrupt from the keyboard. */
	public static final Signal SIGINT = new Signal("SIGINT", 2);

	/** Quit from the keyboard. */
	public static final Signal SIGQUIT = new Signal("SIGQUIT", 3);

	/** Abort. */
	public static final Signal SIGABRT = new Signal("SIGABRT", 6);

	/** Kill; cannot be caught. */
	public static final Signal SIGKILL = new Signal("SIGKILL", 9);

	/** The first user-defined signal. */
	public static final Signal SIGUSR1 = new Signal("SIGUSR1", 10);

	/** The second user-defined signal. */
	public static final Signal SIGUSR2 = new Signal("SIGUSR2", 12);

	/** Write to a pipe without a reader. */
	public static final Signal SIGPIPE = new Signal("SIGPIPE", 13);

	/** Alarm clock. */
	public static final Signal SIGALRM = new Signal("SIGALRM", 14);

	/** Request to terminate. */
	public static final Signal SIGTERM = new Signal("SIGTERM", 15);

	/** A child has stopped or exited. */
	public static final Signal SIGCHLD = new Signal("SIGCHLD", 17);

	/** Continue after a stop. */
	public static final Signal SIGCONT = new Signal("SIGCONT", 18);

	/** Stop; cannot be caught. */
	public static final Signal SIGSTOP = new Signal("SIGSTOP", 19);

	/** Window size has changed. */
	public static final Signal SIGWINCH = new Signal("SIGWINCH", 28);

	private static final int LAST_NUMBER = 64;

	private static final List<Signal> NAMED = List.of(SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGKILL, SIGUSR1, SIGUSR2,
			SIGPIPE, SIGALRM, SIGTERM, SIGCHLD, SIGCONT, SIGSTOP, SIGWINCH);

	public Signal {
		Objects.requireNonNull(name, "'name' must not be null");
		if (number < 1 || number > LAST_NUMBER) {
			throw new IllegalArgumentException(
					"Signal number %d is out of range; it must be 1 to %d".formatted(number, LAST_NUMBER));
		}
	}

	/**
	 * Find a signal by its number.
	 * @param number the number, 1 to 64
	 * @return the signal, named {@code SIG<number>} if it has no constant here
	 * @throws IllegalArgumentException if the number is out of range
	 */
	public static Signal of(int number) {
		return NAMED.stream()
			.filter((signal) -> signal.number == number)
			.findFirst()
			.orElseGet(() -> new Signal("SIG" + number, number));
	}

	/**
	 * Find a signal by its name.
	 * @param name the name, with or without {@code SIG}, in any case
	 * @return the signal
	 * @throws IllegalArgumentException if there is no signal of that name
	 */
	public static Signal of(String name) {
		String upper = name.toUpperCase(Locale.ROOT);
		String full = upper.startsWith("SIG") ? upper : "SIG" + upper;
		return NAMED.stream()
			.filter((signal) -> signal.name.equals(full))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"Unknown signal '%s'; use one of %s, or a number".formatted(name, NAMED)));
	}

	@Override
	public String toString() {
		return this.name;
	}

}
