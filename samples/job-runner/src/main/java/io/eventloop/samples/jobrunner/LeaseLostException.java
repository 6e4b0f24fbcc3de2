package io.eventloop.samples.jobrunner;

/**
 * The lease of a job ends before database or store were reachable again.
 */
final class LeaseLostException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	LeaseLostException(String message, Throwable cause) {
		super(message, cause);
	}

}
