package io.eventloop.watcher;

import io.eventloop.ChildExit;
import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.ExitStatus;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the exit of a child that is known to have exited: takes its handler, reaps it,
 * and calls the handler. All of this happens on the loop, in this order, so that a
 * handler can be replaced or removed until it is called, and a child without one stays
 * unreaped.
 */
final class ChildExits {

	private static final Logger logger = LoggerFactory.getLogger(ChildExits.class);

	private final ChildHandlers handlers;

	ChildExits(ChildHandlers handlers) {
		this.handlers = handlers;
	}

	/**
	 * Report on the loop of the registration or, if that has been closed, in this thread.
	 * @return whether it is reported on the loop
	 */
	boolean post(Registration registration) {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				return tryToPost(registration);
			}
			catch (OutOfMemoryError ex) {
				// Not lost: the exit waits in the kernel, and the handler in the table
				MemoryReserve.await(left, ex);
			}
		}
	}

	private boolean tryToPost(Registration registration) {
		if (!registration.loop().isClosed()) {
			try {
				registration.loop().callSoonThreadsafe((RepeatableCallback) () -> report(registration));
				return true;
			}
			catch (IllegalStateException ex) {
				logger.debug("The loop of child process {} has just been closed", registration.pid(), ex);
			}
		}
		report(registration);
		return false;
	}

	/**
	 * Report in this thread.
	 */
	void report(Registration registration) {
		ChildExit exit = this.handlers.takeExit(registration);
		if (exit != null) {
			tell(registration, exit);
		}
	}

	/**
	 * Report the exit of a process that is not a child of this one, in this thread.
	 */
	void reportNotOurChild(Registration registration) {
		if (this.handlers.take(registration)) {
			registration.child().reap();
			call(registration,
					new ChildExit(registration.pid(),
							new ExitStatus.Lost(
									"it was not a child of this process, and only its parent gets its exit status"),
							null));
		}
	}

	/**
	 * Call the handler that was taken.
	 */
	void tell(Registration registration, ChildExit exit) {
		try {
			if (exit.status() instanceof ExitStatus.Lost lost) {
				logger.warn("Lost the exit status of child process {} ({}); its handler gets return code {}",
						exit.pid(), lost.reason(), exit.returnCode());
			}
		}
		finally {
			call(registration, exit);
		}
	}

	/**
	 * Call a handler. If it fails, the error goes to its loop's exception handler or ends
	 * the loop's run, as for any other callback; it does not end a thread that other
	 * children need.
	 */
	private static void call(Registration registration, ChildExit exit) {
		try {
			registration.handler().childExited(exit);
		}
		catch (Throwable ex) {
			boolean fatal = ex instanceof VirtualMachineError && !(ex instanceof StackOverflowError);
			if (fatal && EventLoops.findRunningLoop() == registration.loop()) {
				leave(registration.loop(), (VirtualMachineError) ex);
				return;
			}
			registration.loop()
				.callExceptionHandler(
						MemoryReserve.describe("The handler of child process %d failed".formatted(exit.pid()), ex,
								"handler", registration.handler()));
		}
	}

	/**
	 * End a loop with a handler's error, in a callback of its own: the one in progress is
	 * the library's, and would be run again.
	 */
	private static void leave(EventLoop loop, VirtualMachineError error) {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				loop.callSoon(() -> {
					throw error;
				});
				return;
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
		}
	}

}
