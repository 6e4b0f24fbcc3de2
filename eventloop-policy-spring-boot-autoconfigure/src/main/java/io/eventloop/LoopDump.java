package io.eventloop;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What a loop is doing and what it has under way, in the manner of {@code ps}. It is
 * taken without asking the loop, which goes on meanwhile or hangs: what comes or goes at
 * that moment may be missing. It has the names of classes and methods, and no text form
 * of what callbacks and tasks work with.
 *
 * @param state {@code busy} if a callback runs; {@code waiting} if none does; {@code
 * stopped} if the loop does not run; {@code closed}
 * @param thread the name of the thread that runs it, or {@code null} if none does
 * @param callback the callback that runs, or {@code null} if none does
 * @param ready how many callbacks are ready and have not run yet, as
 * {@link LoopStatistics#pending()}
 * @param launches how many children were asked for, and neither started nor failed
 * @param executorWork how many calls in executors are not done
 * @param timers the timers that are not due yet, the next first
 * @param tasks the tasks that are not done, in no order
 * @since 0.1.0
 * @see LoopService#dump
 */
public record LoopDump(String state, @Nullable String thread, @Nullable RunningCallback callback, int ready,
		int launches, int executorWork, Excerpt<PendingTimer> timers, Excerpt<PendingTask> tasks) {

	/**
	 * The first of many.
	 *
	 * @param count how many there are
	 * @param first the first of them
	 * @param <E> what they are
	 */
	public record Excerpt<E>(int count, List<E> first) {

		/**
		 * Describe the first of many.
		 * @param all all of them
		 * @param most how many to describe
		 * @param description describes one
		 * @param <S> what is described
		 * @param <E> the description
		 * @return their number, and the first of them
		 */
		public static <S, E> Excerpt<E> of(List<S> all, int most, Function<? super S, E> description) {
			Stream<E> first = all.stream().limit(most).map(description);
			return new Excerpt<>(all.size(), first.toList());
		}

	}

	/**
	 * A callback that runs.
	 *
	 * @param method the method that was called first, with its line
	 * @param busyFor for how long the loop has not looked at the clock: for as long as
	 * this callback runs and, at most, a handful before it
	 * @param stack where it is now, the innermost of at most {@value #MOST_FRAMES} frames
	 * first
	 */
	public record RunningCallback(String method, Duration busyFor, List<String> stack) {

		/**
		 * How many frames of the stack there are at most.
		 */
		public static final int MOST_FRAMES = 50;

	}

	/**
	 * A timer that is not due yet.
	 *
	 * @param callback the callback's class
	 * @param dueIn how long until it is due; negative if the loop is late
	 * @param createdAt the method and line that has scheduled it, or {@code null} if that
	 * was not in debug mode
	 */
	public record PendingTimer(String callback, Duration dueIn, @Nullable String createdAt) {

	}

	/**
	 * A task that is not done.
	 *
	 * @param id tells it from others in the same dump
	 * @param name the class of its supplier
	 * @param state {@code starting} until its supplier has returned, then {@code waiting}
	 * @param waitsFor the class of the stage that it waits for, or {@code task} and the
	 * id of another one; {@code null} while it starts
	 * @param createdAt the method and line that has created it, or {@code null} if that
	 * was not in debug mode
	 */
	public record PendingTask(String id, String name, String state, @Nullable String waitsFor,
			@Nullable String createdAt) {

	}

}
