package io.eventloop.supervision;

/**
 * Is told what becomes of a supervised process, on its loop. Must not block. What it
 * throws goes to the loop's exception handler.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SupervisionListener {

	/**
	 * Called when the state has changed. Where the loop is closed, the thread that closes
	 * it calls.
	 * @param process whose state
	 * @param before the state before
	 * @param now the state now
	 */
	void stateChanged(SupervisedProcess process, SupervisionState before, SupervisionState now);

}
