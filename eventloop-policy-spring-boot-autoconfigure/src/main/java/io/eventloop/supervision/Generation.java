package io.eventloop.supervision;

import io.eventloop.Subprocess;

/**
 * One child of a supervised process, from its launch to its end. What is asked of it
 * belongs to it: its streams, its exit and its signals are never those of the child that
 * comes after it. May be used from any thread.
 *
 * @since 0.1.0
 */
public final class Generation {

	private final long number;

	private final Subprocess subprocess;

	private volatile boolean over;

	Generation(long number, Subprocess subprocess) {
		this.number = number;
		this.subprocess = subprocess;
	}

	/**
	 * Return its number.
	 * @return 1 for the first child of a supervised process, and one more for each start
	 */
	public long number() {
		return this.number;
	}

	/**
	 * Return the child.
	 * @return the child. Its standard output belongs to the caller only with
	 * {@link SupervisedOutput#CHANNEL}, its standard error never
	 */
	public Subprocess subprocess() {
		return this.subprocess;
	}

	/**
	 * Return whether it has ended, or is being ended.
	 * @return whether it is over
	 */
	public boolean isOver() {
		return this.over || this.subprocess.returnCode().isPresent();
	}

	void end() {
		this.over = true;
	}

	@Override
	public String toString() {
		return "Generation[number=%d, pid=%d]".formatted(this.number, this.subprocess.pid());
	}

}
