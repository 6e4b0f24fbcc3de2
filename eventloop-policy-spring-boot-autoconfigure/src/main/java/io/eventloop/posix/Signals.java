package io.eventloop.posix;

import java.util.Set;

import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;

/**
 * Takes signals that are sent to this process, and sends some.
 *
 * <p>
 * A handler runs on a thread the JVM makes for it, any number of them at once: it must
 * only post. Signals of one kind that come close together are one, so never count them.
 * From any thread.
 *
 * @since 0.1.0
 */
public final class Signals {

	private static final String SIGCHLD = "SIGCHLD";

	private static final Set<String> LEFT_IGNORED = Set.of("SIGHUP", "SIGINT", "SIGTERM");

	private Signals() {
	}

	/**
	 * Have a handler called for a signal, together with all others that were installed
	 * here, and in the place of what other code has installed. Under {@code -Xrs} it is
	 * never called, see {@link PosixPlatform#signalsProblem()}.
	 * @param signal the signal
	 * @param handler what to call
	 * @return what undoes it when closed
	 * @throws IllegalArgumentException if the signal cannot be caught, is unknown, or is
	 * one the JVM keeps to itself, as it does those that would end it and that it was
	 * started with ignored
	 */
	public static SignalRegistration install(Signal signal, Runnable handler) {
		if (LEFT_IGNORED.contains(signal.name()) && IgnoredSignals.contains(signal)) {
			throw new IllegalArgumentException(
					"Cannot handle %s: this process was started with it ignored, as nohup does, and the JVM leaves it so"
						.formatted(signal.name()));
		}
		if (signal.name().equals(SIGCHLD)) {
			initializeProcesses();
		}
		return new SignalRegistration(signal, handler);
	}

	/**
	 * Send a signal to all members of a process group that is not led by a child of this
	 * process.
	 * @param group the group's number, which is its own as long as it has members
	 * @param signal the signal
	 * @throws ProcessLookupException if it has none
	 * @throws PosixException if this user may signal none of them
	 * @throws IllegalArgumentException if the number is less than 2: to the kernel, 0 and
	 * 1 mean other processes
	 * @see <a href="https://man7.org/linux/man-pages/man2/kill.2.html">kill(2)</a>
	 */
	public static void sendToGroup(int group, Signal signal) throws PosixException {
		if (group < 2) {
			throw new IllegalArgumentException("Process group %d is no group to signal".formatted(group));
		}
		if (LibC.C.kill(-group, signal.number()) != 0) {
			int errno = LibC.C.errno();
			if (errno == Errno.ESRCH) {
				throw new ProcessLookupException("Process group %d has no members".formatted(group));
			}
			throw new PosixException("Cannot send %s to process group %d".formatted(signal, group), errno,
					"another user may own its members");
		}
	}

	/**
	 * Ignore SIGCHLD no more, where this process was started so: of children of a process
	 * that ignores it the kernel forgets the exit statuses. The JDK does the same when it
	 * starts its first process.
	 */
	static void stopIgnoringChildren() {
		if (IgnoredSignals.contains(Signal.SIGCHLD)) {
			initializeProcesses();
		}
	}

	/**
	 * The JDK resets SIGCHLD to its default when its first process is started, and a
	 * handler from before would never be called again. So that moment comes first.
	 */
	private static void initializeProcesses() {
		try {
			Class.forName("java.lang.ProcessImpl");
		}
		catch (ClassNotFoundException ex) {
			// Another JDK, which has no such class to reset anything
		}
	}

}
