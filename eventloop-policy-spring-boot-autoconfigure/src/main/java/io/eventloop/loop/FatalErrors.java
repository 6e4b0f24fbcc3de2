package io.eventloop.loop;

/**
 * The errors after which nothing can be trusted, and which leave a loop therefore: those
 * of the virtual machine that come out of what a user has given to the loop. A stack
 * overflow is not one of them: it ends with the callback that has recursed. Nor is an
 * {@link OutOfMemoryError} in the loop's own work, see
 * {@link io.eventloop.subprocess.MemoryReserve}.
 */
final class FatalErrors {

	private FatalErrors() {
	}

	static void rethrow(Throwable ex) {
		if (ex instanceof VirtualMachineError fatal && !(ex instanceof StackOverflowError)) {
			throw fatal;
		}
	}

}
