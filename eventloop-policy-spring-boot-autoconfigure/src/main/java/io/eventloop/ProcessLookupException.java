package io.eventloop;

/**
 * Thrown when a process that has ended is to be signalled.
 *
 * @since 0.1.0
 */
public class ProcessLookupException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create the exception.
	 * @param message which process, a sentence
	 */
	public ProcessLookupException(String message) {
		super(message);
	}

}
