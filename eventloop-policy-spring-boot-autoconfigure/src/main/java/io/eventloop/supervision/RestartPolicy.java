package io.eventloop.supervision;

/**
 * Whether a supervised process that has ended by itself is started again.
 *
 * @since 0.1.0
 */
public enum RestartPolicy {

	/** Never. */
	NEVER {

		@Override
		boolean restarts(boolean success) {
			return false;
		}

	},

	/** Unless it has exited with code 0 after it was ready. */
	ON_FAILURE {

		@Override
		boolean restarts(boolean success) {
			return !success;
		}

	},

	/** Always. */
	ALWAYS {

		@Override
		boolean restarts(boolean success) {
			return true;
		}

	};

	abstract boolean restarts(boolean success);

}
