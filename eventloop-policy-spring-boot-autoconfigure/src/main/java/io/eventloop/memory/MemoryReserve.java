package io.eventloop.memory;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import org.jspecify.annotations.Nullable;

/**
 * Memory that is held for the moment in which there is none: letting go of it makes room
 * to fail a pipe, to end its child, to report an exit, or to close a loop. One for the
 * whole process, taken again by the next launch that finds room. From any thread.
 *
 * <p>
 * <b>Headroom.</b> In a heap that is full, whichever thread comes next fails, and that is
 * seldom the one that has filled it. What grows without bound, the output of a child that
 * is collected or the input that it does not read, therefore
 * {@linkplain #requireHeadroom() asks} again and again whether a sixth of the heap, 64
 * MiB at most, would still be there for all others, and fails where it would not.
 *
 * <p>
 * <b>The rule.</b> An {@link OutOfMemoryError} in the library's own work for a child
 * costs at most that child, and ends neither a loop nor a thread that others wait for:
 * <ul>
 * <li>data that find no memory: the pipe is lost and its child is killed;
 * <li>a callback of the library's own: the loop runs it again
 * ({@link RepeatableCallback});
 * <li>any other step that must not be lost, such as the report of an exit: it is
 * {@linkplain #insist repeated}. Such a step changes nothing before its last allocation,
 * or can be done twice.
 * </ul>
 * Nothing that a caller waits for is repeated without a bound: after {@link #TRIES} tries
 * the error is thrown. Only a thread whose one task is to report the exit of a child
 * tries for as long as it takes, since futures depend on that report and no caller on the
 * thread.
 *
 * @since 0.1.0
 */
public final class MemoryReserve {

	/**
	 * How often to try again what found no memory, a millisecond apart, before the error
	 * is thrown.
	 */
	public static final int TRIES = 1000;

	private static final int BYTES = 512 * 1024;

	private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

	private static final int HEADROOM_BYTES = (int) Math.min(Runtime.getRuntime().maxMemory() / 6, 64 << 20);

	/**
	 * How many bytes may come between two questions: to ask is to take that memory for a
	 * moment, in which others may find none.
	 */
	public static final int CHECK_INTERVAL = HEADROOM_BYTES / 2;

	private static volatile byte @Nullable [] held = new byte[BYTES];

	/**
	 * In a field, so that the compiler does not think it away.
	 */
	@SuppressWarnings("UnusedVariable")
	private static volatile byte @Nullable [] probe;

	/**
	 * What is still to be done before memory may run out.
	 */
	private static volatile @Nullable Runnable preparation;

	private MemoryReserve() {
	}

	/**
	 * Have something done before memory may run out, such as loading what only failures
	 * need: a class whose initialization finds no memory can never be used again. It is
	 * done by the first {@link #requireHeadroom()}, or else soon, out of the way of a
	 * process's first child.
	 * @param work what to do, once
	 */
	public static void prepare(Runnable work) {
		preparation = work;
	}

	static boolean isPrepared() {
		return preparation == null;
	}

	/**
	 * Prepare, unless there is so little memory that it would fail; then later.
	 */
	static void prepareIfThereIsRoom() {
		if (!isPrepared()) {
			checkHeadroom();
			prepareNow();
		}
	}

	private static void prepareNow() {
		Runnable work;
		synchronized (MemoryReserve.class) {
			work = preparation;
			preparation = null;
		}
		if (work != null) {
			work.run();
		}
	}

	/**
	 * Let go of the reserve. Allocates nothing.
	 */
	public static void release() {
		held = null;
	}

	/**
	 * Take the reserve again where it is gone and there is room. Costs nothing else.
	 */
	public static void restore() {
		if (held == null) {
			try {
				held = new byte[BYTES];
			}
			catch (OutOfMemoryError ex) {
				// There is no room yet; the next one tries again
				held = null;
			}
		}
	}

	/**
	 * Refuse to take the memory that others need.
	 * @throws OutOfMemoryError if too little would be left
	 */
	public static void requireHeadroom() {
		if (!isPrepared()) {
			prepareNow();
		}
		checkHeadroom();
	}

	private static void checkHeadroom() {
		Runtime runtime = Runtime.getRuntime();
		long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
		if (free < 2L * HEADROOM_BYTES) {
			// What is not free may be garbage: only an allocation tells
			probe = new byte[HEADROOM_BYTES];
			probe = null;
		}
	}

	/**
	 * Return whether an error says that there was no memory. The JDK wraps that in an
	 * {@link InternalError} where it links a lambda.
	 * @param ex the error
	 * @return whether it does
	 */
	public static boolean isShortage(Throwable ex) {
		return ex instanceof OutOfMemoryError
				|| (ex instanceof InternalError && ex.getCause() instanceof OutOfMemoryError);
	}

	/**
	 * Let go of the reserve, and give other threads a millisecond to let go of theirs.
	 * Allocates nothing.
	 */
	public static void await() {
		release();
		LockSupport.parkNanos(PAUSE_NANOS);
	}

	/**
	 * As {@link #await()}, with a bound.
	 * @param left how many tries are left
	 * @param error thrown where none is
	 */
	public static void await(int left, OutOfMemoryError error) {
		if (left <= 0) {
			throw error;
		}
		await();
	}

	/**
	 * Make the reason for those who wait for a pipe that is lost for want of memory.
	 * @param sentence what did not fit, and what to do
	 * @param error the error
	 * @return the reason
	 */
	public static IOException explain(String sentence, OutOfMemoryError error) {
		for (int left = TRIES;; left--) {
			try {
				return new IOException(sentence, error);
			}
			catch (OutOfMemoryError ex) {
				await(left, ex);
			}
		}
	}

	/**
	 * Describe an error for a loop's exception handler, as soon as there is memory for
	 * that.
	 * @param message what went wrong
	 * @param error the error
	 * @param name the name of a detail
	 * @param detail the detail
	 * @return the description
	 */
	public static ExceptionContext describe(String message, Throwable error, String name, Object detail) {
		for (int left = TRIES;; left--) {
			try {
				return ExceptionContext.of(message, error, name, detail);
			}
			catch (OutOfMemoryError ex) {
				await(left, ex);
			}
		}
	}

	/**
	 * Post to a loop, as soon as there is memory for that. From a thread that may wait.
	 * @param loop the loop
	 * @param callback what to run there, allocated before
	 * @throws IllegalStateException if the loop is closed
	 */
	public static void post(EventLoop loop, RepeatableCallback callback) {
		for (int left = TRIES;; left--) {
			try {
				loop.callSoonThreadsafe(callback);
				return;
			}
			catch (OutOfMemoryError ex) {
				await(left, ex);
			}
		}
	}

	/**
	 * Run a step, again and again until there is memory for it. Blocks for as long.
	 * @param step what to run; it can be done twice
	 */
	public static void insist(Runnable step) {
		for (int left = TRIES;; left--) {
			try {
				step.run();
				return;
			}
			catch (OutOfMemoryError ex) {
				await(left, ex);
			}
		}
	}

}
