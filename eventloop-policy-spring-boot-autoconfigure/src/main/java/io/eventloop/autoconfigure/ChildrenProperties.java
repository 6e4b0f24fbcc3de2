package io.eventloop.autoconfigure;

/**
 * Properties of how many children the main event loop takes on.
 *
 * @since 0.1.0
 */
public class ChildrenProperties {

	/**
	 * Maximum number of children that the main event loop runs or launches at a time. The
	 * launch of one more fails. 0 for no limit.
	 */
	private int maxActive = 0;

	/**
	 * Maximum number of pending launches of the main event loop. One more fails.
	 */
	private int maxPending = 10_000;

	public int getMaxActive() {
		return this.maxActive;
	}

	public void setMaxActive(int maxActive) {
		this.maxActive = maxActive;
	}

	public int getMaxPending() {
		return this.maxPending;
	}

	public void setMaxPending(int maxPending) {
		this.maxPending = maxPending;
	}

}
