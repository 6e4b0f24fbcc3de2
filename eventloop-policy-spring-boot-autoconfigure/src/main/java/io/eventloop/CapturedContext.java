package io.eventloop;

/**
 * What a {@link ContextCapture} has captured. Never changes, and may be opened any number
 * of times, in any thread.
 *
 * @since 0.1.0
 */
public interface CapturedContext {

	/**
	 * Let the calling thread have this context.
	 * @return gives the thread back what it had, when closed in it
	 */
	Scope open();

	/**
	 * A stretch of code that runs in a captured context. Scopes nest.
	 */
	interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
