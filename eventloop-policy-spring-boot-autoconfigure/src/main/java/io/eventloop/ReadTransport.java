package io.eventloop;

/**
 * The reading end of a pipe, or of a connection.
 *
 * @since 0.1.0
 */
public interface ReadTransport extends Transport {

	/**
	 * Stop delivering data until {@link #resumeReading()}. Has no effect when paused or
	 * closing.
	 */
	void pauseReading();

	/**
	 * Deliver data again. Has no effect when not paused, or closing.
	 */
	void resumeReading();

	/**
	 * Return whether data is delivered.
	 * @return whether it is neither paused nor closing
	 */
	boolean isReading();

}
