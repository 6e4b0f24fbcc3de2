package io.eventloop.memory;

import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The steps in which something is closed: each is taken, whatever fails before it, and
 * the first failure is thrown at the end with the others suppressed. A step for which
 * there is no memory is taken again until there is some, for ten seconds at most.
 *
 * <p>
 * <b>The rule.</b> A step can be taken twice. The steps themselves are allocated with
 * what is to be closed, as it may be for want of memory that it is closed.
 *
 * @since 0.1.0
 */
public final class ClosingSteps {

	private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

	/**
	 * Linked with this class: to link it when there is no memory would fail outside of
	 * any step.
	 */
	private static final Consumer<Runnable> RUN = Runnable::run;

	private final long deadline = System.nanoTime() + PATIENCE_NANOS;

	private @Nullable Throwable failure;

	private ClosingSteps() {
	}

	/**
	 * Take steps, each in turn.
	 * @param steps what to do
	 */
	public static void run(Runnable... steps) {
		ClosingSteps closing = begin();
		for (Runnable step : steps) {
			closing.take(step, RUN);
		}
		closing.end();
	}

	/**
	 * Take numbered steps, each in turn.
	 * @param closing what takes them
	 */
	public static void run(NumberedSteps closing) {
		ClosingSteps steps = begin();
		for (int step = 0; step < closing.count(); step++) {
			steps.take(closing, step);
		}
		steps.end();
	}

	/**
	 * Take the same step for each of several.
	 * @param all for which
	 * @param step what to do
	 * @param <T> their type
	 */
	public static <T> void each(Collection<? extends T> all, Consumer<? super T> step) {
		ClosingSteps closing = begin();
		for (T one : all) {
			closing.take(one, step);
		}
		closing.end();
	}

	private static ClosingSteps begin() {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				return new ClosingSteps();
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
		}
	}

	private void take(NumberedSteps closing, int number) {
		try {
			while (!isTaken(closing, number)) {
				MemoryReserve.await();
			}
		}
		catch (Throwable ex) {
			note(ex);
		}
	}

	private boolean isTaken(NumberedSteps closing, int number) {
		try {
			closing.take(number);
			return true;
		}
		catch (OutOfMemoryError ex) {
			if (System.nanoTime() - this.deadline > 0) {
				throw ex;
			}
			return false;
		}
	}

	private <T> void take(T one, Consumer<? super T> step) {
		try {
			while (!isTaken(one, step)) {
				MemoryReserve.await();
			}
		}
		catch (Throwable ex) {
			note(ex);
		}
	}

	/**
	 * Try to take a step.
	 * @return {@code false} to take it again: there was no memory
	 */
	private <T> boolean isTaken(T one, Consumer<? super T> step) {
		try {
			step.accept(one);
			return true;
		}
		catch (OutOfMemoryError ex) {
			if (System.nanoTime() - this.deadline > 0) {
				throw ex;
			}
			return false;
		}
	}

	private void note(Throwable ex) {
		Throwable first = this.failure;
		if (first == null) {
			this.failure = ex;
			return;
		}
		try {
			first.addSuppressed(ex);
		}
		catch (OutOfMemoryError none) {
			// The first failure tells more than that there was no memory for another
			MemoryReserve.release();
		}
	}

	private void end() {
		if (this.failure instanceof RuntimeException unchecked) {
			throw unchecked;
		}
		if (this.failure instanceof Error error) {
			throw error;
		}
	}

	/**
	 * Steps that are one object, however many they are: each lambda that is linked costs
	 * the first child of a process a millisecond.
	 */
	public interface NumberedSteps {

		/**
		 * Return how many there are.
		 * @return their number
		 */
		int count();

		/**
		 * Take one.
		 * @param step which one, from 0
		 */
		void take(int step);

	}

}
