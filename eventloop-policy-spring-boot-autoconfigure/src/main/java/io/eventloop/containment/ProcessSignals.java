package io.eventloop.containment;

import java.io.UncheckedIOException;

import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import io.eventloop.UnsupportedPlatformException;
import io.eventloop.posix.Descriptors;
import io.eventloop.posix.Pidfd;
import io.eventloop.posix.PosixException;
import io.eventloop.posix.PosixPlatform;
import io.eventloop.posix.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends signals to processes that are no children of this one, and to no other that has
 * got their pids since: through a pidfd, whose process is seen to be the same once it is
 * open, or where there are none by the JDK, which compares start times. That knows
 * SIGTERM and SIGKILL only, so that other signals do not reach them then. May be used
 * from any thread.
 */
final class ProcessSignals {

	private static final Logger logger = LoggerFactory.getLogger(ProcessSignals.class);

	private static final boolean NATIVE = isNative();

	private ProcessSignals() {
	}

	private static boolean isNative() {
		try {
			PosixPlatform.require();
			return true;
		}
		catch (UnsupportedPlatformException ex) {
			return false;
		}
	}

	/**
	 * Send a process a signal. One that is gone is no concern, and neither is another
	 * user's.
	 * @param group whether all of its group may get it: what forks all the time cannot
	 * escape that. The group's number is its own while it has members, and was a moment
	 * ago
	 */
	static void send(ProcessEntry process, Signal signal, boolean group) {
		if (!NATIVE) {
			sendThroughHandle(process, signal);
			return;
		}
		int pidfd;
		try {
			pidfd = Pidfd.open(process.pid());
		}
		catch (ProcessLookupException ex) {
			return;
		}
		catch (PosixException ex) {
			// Too many open files, or forbidden
			sendThroughHandle(process, signal);
			return;
		}
		try {
			send(pidfd, process, signal, group);
		}
		catch (ProcessLookupException | UncheckedIOException ex) {
			// It has ended, or is found again by the next look
		}
		catch (PosixException ex) {
			// Another user's, or forbidden
			sendThroughHandle(process, signal);
		}
		finally {
			Descriptors.close(pidfd);
		}
	}

	private static void send(int pidfd, ProcessEntry process, Signal signal, boolean group) throws PosixException {
		if (group) {
			sendToGroup(process, signal);
		}
		if (process.isThere()) {
			Pidfd.signal(pidfd, signal);
		}
	}

	/**
	 * Send all of a process's group a signal, if it is alive and still in it. As long as
	 * the group has members, nothing but its leader has its number: a pidfd for that,
	 * opened while there is a member, stands for this group and no later one. A group
	 * without a leader, and one on a kernel before 6.9, is known by its number alone.
	 */
	private static void sendToGroup(ProcessEntry process, Signal signal) throws PosixException {
		int leader = openLeader(process);
		try {
			if (process.isAliveInGroup() && (leader < 0 || !Pidfd.signalGroup(leader, signal))) {
				Signals.sendToGroup(process.group(), signal);
			}
		}
		finally {
			if (leader >= 0) {
				Descriptors.close(leader);
			}
		}
	}

	private static int openLeader(ProcessEntry process) {
		try {
			return Pidfd.open(process.group());
		}
		catch (ProcessLookupException | PosixException ex) {
			// It has ended, or there are too many open files
			return -1;
		}
	}

	private static void sendThroughHandle(ProcessEntry process, Signal signal) {
		try {
			process.handle().ifPresent((handle) -> {
				if (signal.equals(Signal.SIGKILL)) {
					handle.destroyForcibly();
				}
				else if (signal.equals(Signal.SIGTERM)) {
					handle.destroy();
				}
				else {
					logger.debug("Process {} is not sent {}, for want of a pidfd", process, signal);
				}
			});
		}
		catch (UncheckedIOException ex) {
			logger.debug("Process {} is not sent {} now", process, signal, ex);
		}
	}

}
