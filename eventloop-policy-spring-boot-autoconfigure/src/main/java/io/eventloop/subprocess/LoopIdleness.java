package io.eventloop.subprocess;

/**
 * Whether a loop has time to start a child itself. Asked on the loop's thread.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LoopIdleness {

	/**
	 * That of a loop of which nothing is known, and which therefore starts no child.
	 */
	LoopIdleness UNKNOWN = (nanos) -> false;

	/**
	 * Return whether the loop has nothing else to do for so long, as far as it knows.
	 * @param nanos how long, in nanoseconds
	 * @return {@code false} where that is not known
	 */
	boolean isFreeFor(long nanos);

}
