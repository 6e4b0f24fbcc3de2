package io.eventloop;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * How a child is ended: a ladder of steps, each with the time that the child has before
 * the next one. Immutable. <pre>{@code
 * Teardown.closeInput(Duration.ofSeconds(1)).then(Signal.SIGTERM, Duration.ofSeconds(5)).thenKill()
 * }</pre> A child that ends is not asked any further. Closing the input is left out where
 * the child's standard input is no pipe; a signal goes to the whole process group where
 * the child leads one.
 * <p>
 * A ladder needs its child's loop, which runs meanwhile. {@link EventLoop#close()} takes
 * no ladder: a loop that is closed does not run any more, so what is left then is killed
 * at once. {@link Runner}, {@link EventLoops#run} and Spring's lifecycle take the ladders
 * first.
 *
 * @see Subprocess#end(Teardown)
 * @since 0.1.0
 */
public final class Teardown {

	/**
	 * How long a child that was sent SIGKILL has to be seen to end, as the kernel may
	 * hold it for a while.
	 */
	public static final Duration KILL_PATIENCE = Duration.ofSeconds(2);

	private final List<Step> steps;

	private Teardown(List<Step> steps) {
		this.steps = steps;
	}

	/**
	 * Begin by closing the child's standard input. What is buffered for the child is
	 * written first: it never takes a part of its input for all of it.
	 * @param patience how long to wait for the exit before the next step
	 * @return a ladder of one step
	 * @throws IllegalArgumentException if the duration is negative
	 */
	public static Teardown closeInput(Duration patience) {
		return new Teardown(List.of(new CloseInput(patience)));
	}

	/**
	 * Begin with a signal.
	 * @param signal the signal
	 * @param patience how long to wait for the exit before the next step
	 * @return a ladder of one step
	 * @throws IllegalArgumentException if the duration is negative
	 */
	public static Teardown signal(Signal signal, Duration patience) {
		return new Teardown(List.of(new SendSignal(signal, patience)));
	}

	/**
	 * Send SIGKILL at once.
	 * @return a ladder of one step
	 */
	public static Teardown kill() {
		return new Teardown(List.of(new Kill()));
	}

	/**
	 * Send a signal next.
	 * @param signal the signal
	 * @param patience how long to wait for the exit before the next step
	 * @return a longer ladder
	 * @throws IllegalArgumentException if the duration is negative
	 * @throws IllegalStateException if this ladder kills already
	 */
	public Teardown then(Signal signal, Duration patience) {
		return with(new SendSignal(signal, patience));
	}

	/**
	 * Send SIGKILL last.
	 * @return a longer ladder
	 * @throws IllegalStateException if this ladder kills already
	 */
	public Teardown thenKill() {
		return with(new Kill());
	}

	private Teardown with(Step next) {
		if (kills()) {
			throw new IllegalStateException(
					"A teardown ends with its kill, and nothing can follow; put %s before it".formatted(next));
		}
		return new Teardown(Stream.concat(this.steps.stream(), Stream.of(next)).toList());
	}

	/**
	 * Return the steps in their order.
	 * @return at least one
	 */
	public List<Step> steps() {
		return this.steps;
	}

	/**
	 * Return whether the last step is SIGKILL, so that no child survives the ladder.
	 * @return whether it is
	 */
	public boolean kills() {
		return this.steps.get(this.steps.size() - 1) instanceof Kill;
	}

	/**
	 * Return how long the ladder takes with a child that does not end.
	 * @return the time from the first step to the end of the last one
	 */
	public Duration duration() {
		return this.steps.stream().map(Step::patience).reduce(Duration.ZERO, Duration::plus);
	}

	/**
	 * Cap how long the ladder takes. No step is left out: the longest waits are shortened
	 * first, to the same length.
	 * @param limit how long it may take; zero takes all steps at once
	 * @return this ladder if it is no longer than that, else a shorter one
	 * @throws IllegalArgumentException if the limit is negative
	 */
	public Teardown within(Duration limit) {
		requireNotNegative(limit);
		if (duration().compareTo(limit) <= 0) {
			return this;
		}
		Duration longest = longestWait(limit);
		return new Teardown(this.steps.stream().map((step) -> step.atMost(longest)).toList());
	}

	/**
	 * Return the length to which waits are cut so that all of them take the limit: each
	 * wait, from the shortest on, gets its share of what is left or less.
	 */
	private Duration longestWait(Duration limit) {
		List<Duration> waits = this.steps.stream().map(Step::patience).sorted().toList();
		Duration left = limit;
		for (int i = 0; i < waits.size(); i++) {
			Duration share = left.dividedBy(waits.size() - i);
			if (waits.get(i).compareTo(share) > 0) {
				return share;
			}
			left = left.minus(waits.get(i));
		}
		return limit;
	}

	private static void requireNotNegative(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException(
					"Duration %s of a teardown is negative; give zero or more".formatted(duration));
		}
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Teardown teardown && this.steps.equals(teardown.steps);
	}

	@Override
	public int hashCode() {
		return this.steps.hashCode();
	}

	/**
	 * Return the steps and their times.
	 * @return such as {@code close-input 1s, SIGTERM 5s, SIGKILL}
	 */
	@Override
	public String toString() {
		return this.steps.stream().map(Step::toString).collect(Collectors.joining(", "));
	}

	private static String text(String what, Duration patience) {
		long millis = patience.toMillis();
		return what + " " + ((millis % 1000 == 0) ? millis / 1000 + "s" : millis + "ms");
	}

	/**
	 * A step of a ladder.
	 */
	public sealed interface Step {

		/**
		 * Return how long the child has before the next step.
		 * @return zero or more
		 */
		Duration patience();

		/**
		 * Shorten the wait.
		 * @param limit how long it may be
		 * @return the same step
		 */
		Step atMost(Duration limit);

	}

	/**
	 * The child's standard input is closed.
	 *
	 * @param patience how long the child has before the next step
	 */
	public record CloseInput(Duration patience) implements Step {

		public CloseInput {
			requireNotNegative(patience);
		}

		@Override
		public Step atMost(Duration limit) {
			return new CloseInput(min(this.patience, limit));
		}

		@Override
		public String toString() {
			return text("close-input", this.patience);
		}

	}

	/**
	 * The child, or the group that it leads, is sent a signal.
	 *
	 * @param signal the signal
	 * @param patience how long the child has before the next step
	 */
	public record SendSignal(Signal signal, Duration patience) implements Step {

		public SendSignal {
			Objects.requireNonNull(signal, "'signal' must not be null");
			requireNotNegative(patience);
		}

		@Override
		public Step atMost(Duration limit) {
			return new SendSignal(this.signal, min(this.patience, limit));
		}

		@Override
		public String toString() {
			return text(this.signal.name(), this.patience);
		}

	}

	/**
	 * The child, or the group that it leads, is sent SIGKILL. The last step.
	 */
	public record Kill() implements Step {

		@Override
		public Duration patience() {
			return Duration.ZERO;
		}

		@Override
		public Step atMost(Duration limit) {
			return this;
		}

		@Override
		public String toString() {
			return "SIGKILL";
		}

	}

	/**
	 * How a ladder has ended.
	 *
	 * @param ended whether the child has exited
	 * @param step the last step that was taken, which ended the child if anything did;
	 * {@code null} if the child had exited before, or no step could be taken
	 */
	public record Outcome(boolean ended, @Nullable Step step) {

	}

	private static Duration min(Duration one, Duration other) {
		return (one.compareTo(other) <= 0) ? one : other;
	}

}
