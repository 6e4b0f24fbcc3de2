package io.eventloop.client;

import org.jspecify.annotations.Nullable;

/**
 * Takes what a child writes to one of its outputs. Belongs to the loop's thread.
 */
interface OutputSink {

	/**
	 * Note the valve with which to hold the child back.
	 */
	default void connect(Valve valve) {
	}

	/**
	 * Take the next bytes, which are the sink's to keep.
	 */
	void receive(byte[] data);

	/**
	 * Note that nothing follows.
	 * @param done called, on the loop, once everything was handed on
	 */
	default void end(Runnable done) {
		done.run();
	}

	/**
	 * Hand nothing on any more, and take the rest without a word: the run is being torn
	 * down.
	 */
	default void abandon() {
	}

	/**
	 * Return what was collected.
	 * @return the bytes, or {@code null} where it is no collecting sink
	 */
	default byte @Nullable [] collected() {
		return null;
	}

	/**
	 * Return whether a part was dropped.
	 */
	default boolean isTruncated() {
		return false;
	}

}
