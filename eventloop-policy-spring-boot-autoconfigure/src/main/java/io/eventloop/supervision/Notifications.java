package io.eventloop.supervision;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.SubprocessSpec;
import io.eventloop.posix.NotifySocket;
import io.eventloop.posix.NotifySocket.Message;
import io.eventloop.posix.PosixException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a generation says through a socket of its own, until it is gone. A service
 * manager's own variables are not passed on to it. Belongs to the loop's thread.
 */
final class Notifications {

	private static final Logger logger = LoggerFactory.getLogger(SupervisedProcess.class);

	private static final String SOCKET = "NOTIFY_SOCKET";

	private static final String PERIOD = "WATCHDOG_USEC";

	private static final String PROCESS = "WATCHDOG_PID";

	/**
	 * How many messages are taken before the loop does something else.
	 */
	private static final int BATCH = 16;

	/**
	 * How many are taken after the exit of the child, more than any queue usually holds.
	 */
	private static final int LAST_BATCH = 1024;

	private static final int MAX_EARLY = 64;

	private final EventLoop loop;

	private final NotifySocket socket;

	private final Consumer<Notification> said;

	private final Consumer<String> failed;

	/**
	 * What was said before the child's pid was known.
	 */
	private final List<Message> early = new ArrayList<>();

	private @Nullable NotificationSenders senders;

	private @Nullable String problem;

	private boolean ignoredOne;

	private Notifications(EventLoop loop, NotifySocket socket, Consumer<Notification> said, Consumer<String> failed) {
		this.loop = loop;
		this.socket = socket;
		this.said = said;
		this.failed = failed;
	}

	/**
	 * Open the socket.
	 * @param settings whose child it is
	 * @param said told what the child says
	 * @param failed told once that it cannot be heard any more
	 * @throws IOException if the socket cannot be opened
	 * @throws UnsupportedOperationException if the loop cannot wait for one
	 */
	static Notifications open(EventLoop loop, SupervisionSettings settings, Consumer<Notification> said,
			Consumer<String> failed) throws IOException {
		NotifySocket socket = NotifySocket.open(settings.spec().restrictions().user());
		Notifications notifications = new Notifications(loop, socket, said, failed);
		try {
			loop.addReader(socket.fd(), notifications::read);
			return notifications;
		}
		catch (UnsupportedOperationException ex) {
			socket.close();
			throw new UnsupportedOperationException(
					"Its loop has no raw descriptors, which notifications (sd_notify) need; set eventloop.policy=selector and eventloop.selector=auto, epoll or poll, or use another readiness and liveness",
					ex);
		}
		catch (RuntimeException ex) {
			socket.close();
			throw ex;
		}
	}

	/**
	 * Remove what this process was told by its own service manager, unless the spec sets
	 * it. A child that speaks to that one speaks for this whole process.
	 */
	static SubprocessSpec silence(SubprocessSpec spec) {
		if (spec.environment() != null) {
			return spec;
		}
		String[] inherited = List.of(SOCKET, PERIOD, PROCESS)
			.stream()
			.filter((name) -> !spec.environmentChanges().containsKey(name))
			.toArray(String[]::new);
		return spec.removeEnvironment(inherited);
	}

	/**
	 * Say in the environment where to, and how often. There is no {@code WATCHDOG_PID}:
	 * the pid is not known before the launch, and any process may send.
	 */
	SubprocessSpec announce(SubprocessSpec spec, @Nullable Duration watchdog) {
		SubprocessSpec told = spec.removeEnvironment(PERIOD, PROCESS)
			.addEnvironment(SOCKET, this.socket.path().toString());
		return (watchdog != null)
				? told.addEnvironment(Map.of(PERIOD, String.valueOf(TimeUnit.MICROSECONDS.convert(watchdog)))) : told;
	}

	/**
	 * Take what the child and its descendants say, also what they have said already.
	 */
	void launched(long child) {
		this.senders = new NotificationSenders(child, this.socket.user());
		this.early.forEach(this::take);
		this.early.clear();
		if (this.problem != null) {
			this.failed.accept(this.problem);
		}
	}

	/**
	 * Take what the child has said before it exited.
	 */
	void exited() {
		read(LAST_BATCH);
	}

	private void read() {
		read(BATCH);
	}

	private void read(int most) {
		try {
			Message message = this.socket.receive();
			for (int i = 1; message != null; i++) {
				take(message);
				message = (i < most) ? this.socket.receive() : null;
			}
		}
		catch (PosixException ex) {
			close();
			this.problem = "cannot be heard any more: " + ex.getMessage();
			if (this.senders != null) {
				this.failed.accept(this.problem);
			}
		}
	}

	private void take(Message message) {
		if (this.senders == null) {
			if (this.early.size() < MAX_EARLY) {
				this.early.add(message);
			}
		}
		else if (this.senders.include(message)) {
			this.said.accept(Notification.parse(message.text(), message.cut()));
		}
		else if (!this.ignoredOne) {
			this.ignoredOne = true;
			logger.warn("A notification of process {} is ignored, and so are further ones: it does not belong to {}",
					message.pid(), this.socket.path());
		}
	}

	/**
	 * Close the socket and delete it. May be called again, and after the loop's close.
	 */
	void close() {
		int fd = this.socket.fd();
		if (fd >= 0) {
			this.loop.removeReader(fd);
			this.socket.close();
		}
	}

}
