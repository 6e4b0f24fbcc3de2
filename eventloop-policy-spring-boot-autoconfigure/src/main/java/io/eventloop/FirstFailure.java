package io.eventloop;

import org.jspecify.annotations.Nullable;

/**
 * The first failure among steps that are all taken: it is thrown when they are over, with
 * the later ones suppressed. Belongs to one thread.
 */
final class FirstFailure {

	private @Nullable Throwable first;

	/**
	 * Take a step, whatever has failed before.
	 * @param step what to run
	 */
	void run(Runnable step) {
		try {
			step.run();
		}
		catch (RuntimeException | Error ex) {
			if (this.first == null) {
				this.first = ex;
			}
			else {
				this.first.addSuppressed(ex);
			}
		}
	}

	/**
	 * Throw the first failure, if there was one.
	 */
	void throwIfAny() {
		if (this.first instanceof Error error) {
			throw error;
		}
		if (this.first instanceof RuntimeException unchecked) {
			throw unchecked;
		}
	}

}
