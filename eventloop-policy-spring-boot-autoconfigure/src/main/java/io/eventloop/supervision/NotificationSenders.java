package io.eventloop.supervision;

import java.util.Optional;

import io.eventloop.posix.NotifySocket.Message;

/**
 * Decides whose messages count as those of a generation: its child's, and those of the
 * child's descendants, as a shell script runs {@code systemd-notify}. A sender that is
 * gone, as {@code systemd-notify} soon is, has no parent to look for; it counts if its
 * user is the one that the socket is open to.
 */
final class NotificationSenders {

	private static final int DEEPEST = 64;

	private final long child;

	private final long user;

	/**
	 * Create the decision.
	 * @param child the pid of the child
	 * @param user the id of the user that the socket is open to
	 */
	NotificationSenders(long child, long user) {
		this.child = child;
		this.user = user;
	}

	boolean include(Message message) {
		if (message.pid() <= 0) {
			return false;
		}
		if (message.pid() == this.child) {
			return true;
		}
		Optional<ProcessHandle> process = ProcessHandle.of(message.pid());
		return process.map(this::isDescendant).orElse(message.user() == this.user);
	}

	private boolean isDescendant(ProcessHandle process) {
		Optional<ProcessHandle> ancestor = process.parent();
		for (int i = 0; i < DEEPEST && ancestor.isPresent(); i++) {
			if (ancestor.get().pid() == this.child) {
				return true;
			}
			ancestor = ancestor.get().parent();
		}
		return false;
	}

}
