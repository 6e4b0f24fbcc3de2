package io.eventloop.watcher;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

import io.eventloop.ChildHandler;
import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.SpawnScope;
import io.eventloop.memory.MemoryReserve;
import org.jspecify.annotations.Nullable;

/**
 * The child watcher that handles SIGCHLD for loops in any number of threads. Has no
 * thread of its own, needs no particular loop, and leaves foreign children alone, but
 * replaces the process's only handler of SIGCHLD.
 * <p>
 * <b>Cost.</b> At a signal the watcher asks the kernel for any exited child. If that is
 * one of its own, the exit costs O(1) however many children there are, apart from the
 * kernel's own walk over the list of children. If it is another one, such as a child
 * whose handler was removed, the watcher checks each of its own: O(n), until that child
 * is reaped. It also checks each of them once a second.
 * <p>
 * <b>The signal.</b> The handler is installed on instantiation, and shared with other
 * watchers and with {@link EventLoop#addSignalHandler}. A handler that other code
 * installed before is replaced, and restored when this watcher is {@linkplain #close()
 * closed} and its last child has been reported. A handler that other code installs later
 * is kept, with a warning; from then on exits are noticed up to a second late. Under
 * {@code -Xrs} there are no signals, so this watcher cannot be created.
 * <p>
 * <b>Threads.</b> The JVM calls the handler on a thread that it creates for each signal:
 * 45 to 100 short-lived ones when 2,000 children exit at once. That thread finds the
 * exited children and posts to their loops; it neither reaps nor calls child handlers,
 * except for a child whose loop has been closed, whose handler is called there or on the
 * thread that closed the loop. {@link #attachLoop} does nothing.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-policy.html#asyncio.MultiLoopChildWatcher">asyncio,
 * MultiLoopChildWatcher</a>
 * @since 0.1.0
 */
public final class MultiLoopChildWatcher implements ChildWatcher {

	static final String NAME = "multi-loop";

	private final ChildHandlers handlers = new ChildHandlers(NAME, this::loopClosed);

	private final Sweep sweep = new Sweep(this.handlers, this::sweep);

	private final CoalescingRunner sweeps = new CoalescingRunner(this.sweep::run);

	private final ChildSignals signals = new ChildSignals(NAME, this::sweep);

	private final Map<EventLoop, PeriodicSweep> slowSweeps = new ConcurrentHashMap<>();

	/**
	 * Create the watcher and install its signal handler.
	 * @throws io.eventloop.UnsupportedPlatformException if the JVM runs with {@code -Xrs}
	 * or this system has no signals
	 */
	public MultiLoopChildWatcher() {
		this.signals.install();
	}

	@Override
	public void addChildHandler(long pid, ChildHandler handler) {
		this.handlers.register(pid, handler, this::watch);
	}

	@Override
	public boolean removeChildHandler(long pid) {
		boolean removed = this.handlers.remove(pid) != null;
		restoreIfDrained();
		return removed;
	}

	@Override
	public void attachLoop(@Nullable EventLoop loop) {
	}

	@Override
	public boolean isActive() {
		return this.handlers.isOpen();
	}

	@Override
	public SpawnScope enter() {
		return this.handlers.enter(this::restoreIfDrained);
	}

	@Override
	public void close() {
		this.handlers.close();
		restoreIfDrained();
	}

	@Override
	public String name() {
		return NAME;
	}

	private void watch(Registration registration) {
		this.slowSweeps.computeIfAbsent(registration.loop(), this::periodicSweep).start();
		this.sweep.examine(registration);
	}

	/**
	 * Sweep, on any thread: the JVM's for a signal, or that of a loop that has reported.
	 */
	private void sweep() {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				do {
					this.sweeps.request();
				}
				while (this.sweep.reportOrphans());
				restoreIfDrained();
				return;
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
		}
	}

	private PeriodicSweep periodicSweep(EventLoop loop) {
		return new PeriodicSweep(loop, this.signals, () -> hasChildren(loop), () -> sweepPeriodically(loop));
	}

	private OptionalLong sweepPeriodically(EventLoop loop) {
		OptionalLong dead = this.sweep
			.passOver((registration) -> registration.loop() == loop || registration.loop().isClosed());
		if (this.sweep.reportOrphans()) {
			sweep();
		}
		return dead;
	}

	private boolean hasChildren(EventLoop loop) {
		boolean any = !this.handlers.of(loop).isEmpty();
		if (!any) {
			this.slowSweeps.remove(loop);
		}
		return any;
	}

	private void loopClosed(EventLoop loop) {
		this.slowSweeps.remove(loop);
		this.sweep.loopClosed(loop);
	}

	private void restoreIfDrained() {
		if (this.handlers.isDrained()) {
			this.signals.restore();
		}
	}

}
