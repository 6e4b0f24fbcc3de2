package io.eventloop.supervision;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

/**
 * What a supervised process does, and how it came to that.
 *
 * @param state the state
 * @param since when it entered the state
 * @param generation the number of its last child, 0 before the first
 * @param lastExit the return code of the last child that has exited
 * @param problem why its last child ended, or none was started, a sentence that quotes no
 * output; {@code null} if none has ended, or it was stopped
 * @param lastLines the last lines that its last child wrote to its standard error, 20 at
 * most
 * @since 0.1.0
 */
public record SupervisionStatus(SupervisionState state, Instant since, long generation, OptionalInt lastExit,
		@Nullable String problem, List<String> lastLines) {

	/**
	 * Return how many times a child was started after the first.
	 * @return how many
	 */
	public long restarts() {
		return Math.max(0, this.generation - 1);
	}

	SupervisionStatus launching(long number) {
		return new SupervisionStatus(this.state, this.since, number, this.lastExit, this.problem, this.lastLines);
	}

	SupervisionStatus exited(int code) {
		return new SupervisionStatus(this.state, this.since, this.generation, OptionalInt.of(code), this.problem,
				this.lastLines);
	}

	SupervisionStatus in(SupervisionState newState, @Nullable String newProblem, List<String> lines) {
		Instant entered = (this.state == newState) ? this.since : Instant.now();
		return new SupervisionStatus(newState, entered, this.generation, this.lastExit, newProblem, lines);
	}

}
