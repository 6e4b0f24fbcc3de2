package io.eventloop;

/**
 * Thrown when signalling a process that has exited.
 *
 * @since 0.1.0
 */
public class ProcessLookupException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create the exception.
	 * @param message a sentence that names the process
	 */
	public ProcessLookupException(String message) {
		super(message);
	}

	/**
	 * Send a signal to a process that may have ended.
	 * @param signalling sends it
	 * @return whether the process was still alive
	 */
	static boolean unlessEnded(Runnable signalling) {
		try {
			signalling.run();
			return true;
		}
		catch (ProcessLookupException ex) {
			return false;
		}
	}

}
