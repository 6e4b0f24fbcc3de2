package io.eventloop.watcher;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.eventloop.EventLoop;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of the main context, on which {@code safe} and {@code fast} sweep at each
 * SIGCHLD: it can be attached, detached, and attached again. The signal handler is
 * installed while a loop is attached.
 * <p>
 * Uses the loop only by posting to it, so all methods may be called from any thread.
 * Sweeps run one at a time, on the loop; requests that arrive before a sweep has begun
 * share it.
 */
final class SigchldLoop {

	private static final Logger logger = LoggerFactory.getLogger(SigchldLoop.class);

	private final String watcher;

	private final ChildHandlers handlers;

	private final Runnable sweep;

	private final Supplier<OptionalLong> periodicSweep;

	private final ChildSignals signals;

	private volatile @Nullable Attachment attachment;

	/**
	 * Create the object, attached to no loop.
	 * @param sweep reports exited children
	 * @param periodicSweep checks each child, see {@link PeriodicSweep}
	 */
	SigchldLoop(String watcher, ChildHandlers handlers, Runnable sweep, Supplier<OptionalLong> periodicSweep) {
		this.watcher = watcher;
		this.handlers = handlers;
		this.sweep = sweep;
		this.periodicSweep = periodicSweep;
		this.signals = new ChildSignals(watcher, this::request);
	}

	/**
	 * Detach from the current loop and attach to another. Children stay registered; those
	 * that exit meanwhile are reported once a loop is attached and running.
	 */
	synchronized void attach(@Nullable EventLoop loop) {
		Attachment before = this.attachment;
		if (before == null || before.loop != loop) {
			boolean useful = loop != null && !loop.isClosed() && !this.handlers.isDrained();
			Attachment attached = (loop != null && useful) ? new Attachment(loop) : null;
			this.attachment = attached;
			if (attached != null) {
				this.signals.install();
				attached.loop.addCloseListener(() -> closed(attached));
			}
			else {
				this.signals.restore();
				warnOfChildren(before);
			}
		}
		request();
	}

	boolean isRunning() {
		Attachment current = this.attachment;
		return current != null && current.loop.isRunning();
	}

	/**
	 * Reject a child whose exit would not be noticed.
	 */
	void requireRunning(long pid) {
		if (!isRunning()) {
			throw new IllegalStateException(
					"Cannot watch process %d: the %s child watcher is attached to no running event loop; run one in the main context, with EventLoops.run in the main thread or as the application's EventLoop bean, or choose eventloop.watcher=pidfd or eventloop.watcher=threaded"
						.formatted(pid, this.watcher));
		}
	}

	/**
	 * Sweep on the loop soon, or once a loop is attached.
	 */
	void request() {
		Attachment current = this.attachment;
		if (current != null) {
			current.request();
		}
	}

	/**
	 * Note that a child was registered.
	 */
	void registered() {
		Attachment current = this.attachment;
		if (current != null && !current.periodic.isScheduled()) {
			current.request();
		}
	}

	/**
	 * Detach if the watcher is closed and has no children left.
	 */
	void detachIfDrained() {
		if (this.handlers.isDrained()) {
			attach(null);
		}
	}

	private synchronized void closed(Attachment ended) {
		if (this.attachment == ended) {
			attach(null);
		}
	}

	private void warnOfChildren(@Nullable Attachment detached) {
		int children = this.handlers.all().size();
		if (detached != null && children > 0) {
			logger.warn(
					"The {} child watcher was detached from {} with {} children registered; "
							+ "their exits are reported once it is attached to a running loop",
					this.watcher, detached.loop, children);
		}
	}

	/**
	 * One attachment to a loop, until another replaces it.
	 */
	private final class Attachment {

		private final EventLoop loop;

		private final PeriodicSweep periodic;

		private final RepeatableCallback running = this::run;

		private final AtomicBoolean requested = new AtomicBoolean();

		private Attachment(EventLoop loop) {
			this.loop = loop;
			this.periodic = new PeriodicSweep(loop, SigchldLoop.this.signals,
					() -> isCurrent() && !SigchldLoop.this.handlers.all().isEmpty(),
					() -> isCurrent() ? SigchldLoop.this.periodicSweep.get() : OptionalLong.empty());
		}

		private boolean isCurrent() {
			return SigchldLoop.this.attachment == this;
		}

		private void request() {
			if (this.requested.getAndSet(true)) {
				return;
			}
			try {
				this.loop.callSoonThreadsafe(this.running);
			}
			catch (OutOfMemoryError ex) {
				// The next request must not rely on this one
				this.requested.set(false);
				throw ex;
			}
			catch (IllegalStateException ex) {
				logger.debug("{} has just been closed, and the {} child watcher is detached", this.loop,
						SigchldLoop.this.watcher, ex);
			}
		}

		private void requestAgain() {
			for (int left = MemoryReserve.TRIES;; left--) {
				try {
					request();
					return;
				}
				catch (OutOfMemoryError ex) {
					MemoryReserve.await(left, ex);
				}
			}
		}

		private void run() {
			this.requested.set(false);
			if (isCurrent()) {
				try {
					if (!SigchldLoop.this.handlers.all().isEmpty()) {
						this.periodic.start();
					}
					SigchldLoop.this.sweep.run();
					detachIfDrained();
				}
				catch (OutOfMemoryError ex) {
					// The next sweep finds what this one has not found yet
					requestAgain();
				}
			}
		}

	}

}
