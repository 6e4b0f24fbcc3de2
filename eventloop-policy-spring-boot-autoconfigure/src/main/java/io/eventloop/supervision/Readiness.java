package io.eventloop.supervision;

import java.time.Duration;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * How it is known that a supervised process is ready, and how long that may take.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class Readiness {

	/**
	 * How long a process may take to be ready unless said otherwise.
	 */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

	private final @Nullable Pattern line;

	private final @Nullable Probe probe;

	private final boolean notified;

	private final Duration timeout;

	private Readiness(@Nullable Pattern line, @Nullable Probe probe, boolean notified, Duration timeout) {
		this.line = line;
		this.probe = probe;
		this.notified = notified;
		this.timeout = timeout;
	}

	/**
	 * Ready as soon as it is launched.
	 * @return the readiness
	 */
	public static Readiness launched() {
		return new Readiness(null, null, false, DEFAULT_TIMEOUT);
	}

	/**
	 * Ready when it writes a line that has a part which matches, to its standard output
	 * or its standard error. Where its output goes to the {@link SupervisedOutput#CHANNEL
	 * caller}, only its standard error is read.
	 * @param part the pattern
	 * @return the readiness
	 */
	public static Readiness line(Pattern part) {
		return new Readiness(part, null, false, DEFAULT_TIMEOUT);
	}

	/**
	 * Ready when it writes a line that contains a text, as {@link #line(Pattern)}.
	 * @param text the text, taken literally
	 * @return the readiness
	 */
	public static Readiness line(String text) {
		return line(Pattern.compile(text, Pattern.LITERAL));
	}

	/**
	 * Ready when a probe is answered. It is asked after 50 ms, and then in growing
	 * intervals, 1 s at most.
	 * @param probe the probe
	 * @return the readiness
	 */
	public static Readiness probe(Probe probe) {
		return new Readiness(null, probe, false, DEFAULT_TIMEOUT);
	}

	/**
	 * Ready when it, or a descendant of it, sends {@code READY=1} to the socket that
	 * {@code NOTIFY_SOCKET} names, as
	 * <a href="https://man7.org/linux/man-pages/man3/sd_notify.3.html">sd_notify(3)</a>
	 * and systemd-notify(1) do. Needs a loop with raw descriptors.
	 * @return the readiness
	 */
	public static Readiness notification() {
		return new Readiness(null, null, true, DEFAULT_TIMEOUT);
	}

	/**
	 * Set how long it may take, from the launched child on. After that the start has
	 * failed.
	 * @param limit how long
	 * @return a new readiness
	 * @throws IllegalArgumentException if it is not positive
	 */
	public Readiness within(Duration limit) {
		if (limit.isNegative() || limit.isZero()) {
			throw new IllegalArgumentException(
					"A process cannot be ready within %s; give more than zero".formatted(limit));
		}
		return new Readiness(this.line, this.probe, this.notified, limit);
	}

	/**
	 * Return how long it may take.
	 * @return the time
	 */
	public Duration timeout() {
		return this.timeout;
	}

	@Nullable Pattern line() {
		return this.line;
	}

	@Nullable Probe probe() {
		return this.probe;
	}

	boolean isNotified() {
		return this.notified;
	}

	/**
	 * Return whether it is so at once.
	 */
	boolean isLaunch() {
		return this.line == null && this.probe == null && !this.notified;
	}

	/**
	 * Return what is waited for, without its parameters.
	 */
	@Override
	public String toString() {
		if (this.line != null) {
			return "line";
		}
		if (this.notified) {
			return "sd_notify";
		}
		return (this.probe != null) ? this.probe.toString() : "launched";
	}

}
