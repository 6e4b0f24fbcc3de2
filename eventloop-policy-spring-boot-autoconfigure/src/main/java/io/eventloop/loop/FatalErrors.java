package io.eventloop.loop;

/**
 * The errors after which nothing can be trusted, and which leave a loop therefore. A
 * stack overflow is not one of them: it ends with the callback that has recursed.
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
