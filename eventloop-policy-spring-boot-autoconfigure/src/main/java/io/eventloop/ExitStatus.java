package io.eventloop;

import java.util.Objects;

/**
 * The exit status of a process.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/waitid.2.html">waitid(2)</a>
 * @since 0.1.0
 */
public sealed interface ExitStatus {

	/**
	 * The return code of a child whose status was {@link Lost}.
	 */
	int LOST_RETURN_CODE = 255;

	/**
	 * Return asyncio's return code for this status.
	 * @return the exit code, minus the signal's number, or {@value #LOST_RETURN_CODE}
	 */
	int returnCode();

	/**
	 * The process exited by itself.
	 *
	 * @param code its exit code, 0 to 255
	 */
	record Exited(int code) implements ExitStatus {

		@Override
		public int returnCode() {
			return this.code;
		}

	}

	/**
	 * A signal killed the process.
	 *
	 * @param signal the signal's number
	 * @param coreDumped whether it left a core dump
	 */
	record Signaled(int signal, boolean coreDumped) implements ExitStatus {

		@Override
		public int returnCode() {
			return -this.signal;
		}

	}

	/**
	 * The process has exited, but its status is unknown: other code has taken it, or the
	 * process was not a child of this one.
	 *
	 * @param reason why, a sentence
	 */
	record Lost(String reason) implements ExitStatus {

		public Lost {
			Objects.requireNonNull(reason, "'reason' must not be null");
		}

		@Override
		public int returnCode() {
			return LOST_RETURN_CODE;
		}

	}

}
