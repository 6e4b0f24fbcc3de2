package io.eventloop.pipe;

/**
 * Decides when a protocol is to pause and to resume writing: once each, beyond the high
 * limit and down to the low one.
 *
 * @since 0.1.0
 */
public final class WriteFlow {

	private static final int DEFAULT_HIGH = 64 * 1024;

	private int high = DEFAULT_HIGH;

	private int low = DEFAULT_HIGH / 4;

	private boolean paused;

	/**
	 * Set the limits.
	 * @param newHigh pause above this number of bytes
	 * @param newLow resume at this number of bytes or below
	 * @throws IllegalArgumentException unless {@code 0 <= low <= high}
	 */
	public void limits(int newHigh, int newLow) {
		if (newLow < 0 || newHigh < newLow) {
			throw new IllegalArgumentException(
					"Write buffer limits must be 0 <= low <= high, but low is %d and high is %d".formatted(newLow,
							newHigh));
		}
		this.high = newHigh;
		this.low = newLow;
	}

	/**
	 * Return whether the protocol has to be paused now that this much is buffered.
	 * @param buffered bytes
	 * @return whether it has to be, once until it is resumed
	 */
	public boolean pausesAt(long buffered) {
		if (this.paused || buffered <= this.high) {
			return false;
		}
		this.paused = true;
		return true;
	}

	/**
	 * Return whether the protocol has to be resumed now that this much is buffered.
	 * @param buffered bytes
	 * @return whether it has to be, once until it is paused
	 */
	public boolean resumesAt(long buffered) {
		if (!this.paused || buffered > this.low) {
			return false;
		}
		this.paused = false;
		return true;
	}

}
