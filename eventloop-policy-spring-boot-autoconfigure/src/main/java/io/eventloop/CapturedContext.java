package io.eventloop;

/**
 * A context that a {@link ContextCapture} has captured. Immutable; may be opened any
 * number of times, in any thread.
 *
 * @since 0.1.0
 */
public interface CapturedContext {

	/**
	 * Set this context in the calling thread.
	 * @return the scope; closing it in the same thread restores the thread's previous
	 * context
	 */
	Scope open();

	/**
	 * The part of a thread's execution that runs in a captured context. Scopes nest.
	 */
	interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
