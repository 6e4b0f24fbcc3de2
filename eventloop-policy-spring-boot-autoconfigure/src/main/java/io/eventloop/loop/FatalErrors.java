package io.eventloop.loop;

import io.eventloop.EventLoop;

/**
 * The errors after which nothing can be trusted, and which leave a loop therefore: those
 * of the virtual machine that come out of what a user has given to the loop. A stack
 * overflow is not one of them: it ends with the callback that has recursed. Nor is an
 * {@link OutOfMemoryError} in the library's own work, see
 * {@link io.eventloop.memory.RepeatableCallback}.
 */
final class FatalErrors {

	private FatalErrors() {
	}

	static void rethrow(Throwable ex) {
		if (ex instanceof VirtualMachineError fatal && !(ex instanceof StackOverflowError)) {
			throw fatal;
		}
	}

	/**
	 * Return whether a user's exception handler has thrown the error that a callback of
	 * the library's ends with. Answers {@code true} once per error.
	 */
	static boolean isOfHandler(EventLoop loop) {
		return loop instanceof BaseEventLoop base && base.exceptions().takeHandlerError();
	}

}
