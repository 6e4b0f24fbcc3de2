package io.eventloop.watcher;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.eventloop.Signal;
import io.eventloop.UnsupportedPlatformException;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.posix.PosixPlatform;
import io.eventloop.posix.SignalRegistration;
import io.eventloop.posix.Signals;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGCHLD for one watcher. The handler can be installed and restored repeatedly; signals
 * are counted, to find out whether they still arrive. May be used from any thread.
 */
final class ChildSignals {

	private static final Logger logger = LoggerFactory.getLogger(ChildSignals.class);

	private final String watcher;

	private final Runnable arrived;

	private final AtomicLong arrivals = new AtomicLong();

	private final AtomicBoolean missedLogged = new AtomicBoolean();

	private @Nullable SignalRegistration registration;

	/**
	 * Install nothing yet.
	 * @param arrived called for each signal, on a thread that the JVM creates for it, and
	 * again if it found no memory; signals that arrive close together are one
	 * @throws UnsupportedPlatformException if the JVM calls no signal handler, or this
	 * system has no signals
	 */
	ChildSignals(String watcher, Runnable arrived) {
		PosixPlatform.require();
		PosixPlatform.signalsProblem().ifPresent((problem) -> {
			throw new UnsupportedPlatformException(
					"The %s child watcher requires SIGCHLD, which never arrives: %s".formatted(watcher, problem),
					"start the JVM without -Xrs, or choose eventloop.watcher=pidfd or eventloop.watcher=threaded");
		});
		this.watcher = watcher;
		this.arrived = arrived;
	}

	/**
	 * Start reporting signals. A second call does nothing.
	 */
	synchronized void install() {
		if (this.registration == null) {
			SignalRegistration installed = Signals.install(Signal.SIGCHLD, this::arrived);
			this.registration = installed;
			installed.replaced()
				.ifPresent((handler) -> logger.warn(
						"The {} child watcher has replaced the SIGCHLD handler {}, which receives no signals until the watcher is closed",
						this.watcher, handler));
		}
	}

	/**
	 * Stop reporting signals. A second call does nothing.
	 */
	synchronized void restore() {
		if (this.registration != null && !this.registration.restore()) {
			logger.warn("Other code has replaced the SIGCHLD handler of the {} child watcher; that handler is kept",
					this.watcher);
		}
		this.registration = null;
	}

	/**
	 * Return how many signals have arrived.
	 */
	long arrivals() {
		return this.arrivals.get();
	}

	/**
	 * Log that a child has exited without a signal, the first time.
	 */
	void missed(long pid) {
		if (this.missedLogged.compareAndSet(false, true)) {
			logger.warn("Child process {} has exited without a SIGCHLD: other code has probably installed a handler of "
					+ "its own, or blocked the signal; the {} child watcher now notices exits up to a second late. "
					+ "Prevent other code from handling SIGCHLD, or choose eventloop.watcher=pidfd or eventloop.watcher=threaded",
					pid, this.watcher);
		}
	}

	private void arrived() {
		this.arrivals.incrementAndGet();
		MemoryReserve.insist(this.arrived);
	}

}
