package io.eventloop.client;

import java.io.Serial;
import java.time.Duration;

import io.eventloop.Teardown;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the deadline of a command has passed, once its teardown is over.
 *
 * @since 0.1.0
 */
public class SubprocessTimeoutException extends SubprocessException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final RunPhase phase;

	private final transient Teardown.@Nullable Step step;

	/**
	 * Create the exception.
	 * @param command the command's name
	 * @param timeout the time that it was given
	 * @param phase what it did when that was over
	 * @param step the step of the teardown that ended it, or {@code null} if there was
	 * nothing to end
	 */
	public SubprocessTimeoutException(String command, Duration timeout, RunPhase phase, Teardown.@Nullable Step step) {
		super(command, message(command, timeout, phase, step), null);
		this.phase = phase;
		this.step = step;
	}

	private static String message(String command, Duration timeout, RunPhase phase, Teardown.@Nullable Step step) {
		String end = (step != null) ? "; the teardown ended it with step '%s'".formatted(step) : "";
		return "%s was still %s after %d ms, its timeout%s".formatted(command, phase, timeout.toMillis(), end);
	}

	/**
	 * Return what the run did when its time was over.
	 * @return the phase
	 */
	public RunPhase phase() {
		return this.phase;
	}

	/**
	 * Return the step of the teardown that ended it.
	 * @return the step, or {@code null} if there was nothing to end
	 */
	public Teardown.@Nullable Step step() {
		return this.step;
	}

}
