package io.eventloop.posix;

import java.io.IOException;
import java.io.Serial;

/**
 * The operating system refused a call. The message is a sentence that says what was
 * tried, why it failed and, where something can be done, what:
 * {@code Cannot open a pidfd for process 4711 (EMFILE: too many open files); raise the limit …}.
 *
 * @since 0.1.0
 */
public class PosixException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String errnoName;

	PosixException(String what, int errno) {
		this(what, errno, Errno.advice(errno));
	}

	PosixException(String what, int errno, String advice) {
		super(what + " (" + Errno.describe(errno) + ")" + (advice.isEmpty() ? "" : "; " + advice));
		String description = Errno.describe(errno);
		int colon = description.indexOf(':');
		this.errnoName = (colon < 0) ? description : description.substring(0, colon);
	}

	/**
	 * Return the symbolic name of the error, such as {@code EMFILE}.
	 * @return the name as errno(3) lists it, or {@code errno 123} for one without a name
	 * here
	 */
	public String errnoName() {
		return this.errnoName;
	}

}
