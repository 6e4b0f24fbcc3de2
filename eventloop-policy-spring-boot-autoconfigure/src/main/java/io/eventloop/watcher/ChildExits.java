package io.eventloop.watcher;

import io.eventloop.ChildExit;
import io.eventloop.EventLoops;
import io.eventloop.ExitStatus;
import io.eventloop.subprocess.MemoryReserve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the exit of a child that is known to be dead: takes its handler, reaps it,
 * calls the handler. In this order and all on the loop, so that a handler can be replaced
 * or removed until the moment it is called, and a child without one stays unreaped.
 */
final class ChildExits {

	private static final Logger logger = LoggerFactory.getLogger(ChildExits.class);

	private final ChildHandlers handlers;

	ChildExits(ChildHandlers handlers) {
		this.handlers = handlers;
	}

	/**
	 * Report on the loop of the registration; where that has closed, in this thread.
	 * @return whether it is reported on the loop
	 */
	boolean post(Registration registration) {
		while (true) {
			try {
				return tryToPost(registration);
			}
			catch (OutOfMemoryError ex) {
				// Not lost: the exit waits in the kernel, and the handler in the table
				MemoryReserve.await();
			}
		}
	}

	private boolean tryToPost(Registration registration) {
		if (!registration.loop().isClosed()) {
			try {
				registration.loop().callSoonThreadsafe(() -> report(registration));
				return true;
			}
			catch (IllegalStateException ex) {
				logger.debug("The loop of child process {} has closed just now", registration.pid(), ex);
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
	 * Report the end of a process that is no child of this one, in this thread.
	 */
	void reportNotOurChild(Registration registration) {
		if (this.handlers.take(registration)) {
			registration.child().reap();
			call(registration,
					new ChildExit(registration.pid(),
							new ExitStatus.Lost(
									"it was no child of this process, and only its parent is told its exit status"),
							null));
		}
	}

	/**
	 * Call the handler that was taken.
	 */
	void tell(Registration registration, ChildExit exit) {
		try {
			if (exit.status() instanceof ExitStatus.Lost lost) {
				logger.warn("Lost the exit status of child process {} ({}); its handler is told return code {}",
						exit.pid(), lost.reason(), exit.returnCode());
			}
		}
		finally {
			call(registration, exit);
		}
	}

	/**
	 * Call a handler. Where it fails, its loop is told, or ends of it, as of any callback
	 * of the user's; a thread that others wait for does not.
	 */
	private static void call(Registration registration, ChildExit exit) {
		try {
			registration.handler().childExited(exit);
		}
		catch (Throwable ex) {
			boolean fatal = ex instanceof VirtualMachineError && !(ex instanceof StackOverflowError);
			if (fatal && EventLoops.findRunningLoop() == registration.loop()) {
				throw ex;
			}
			registration.loop()
				.callExceptionHandler(
						MemoryReserve.describe("The handler of child process %d failed".formatted(exit.pid()), ex,
								"handler", registration.handler()));
		}
	}

}
