package io.eventloop.watcher;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

import io.eventloop.ChildHandler;
import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.SpawnScope;
import io.eventloop.subprocess.MemoryReserve;
import org.jspecify.annotations.Nullable;

/**
 * The child watcher that handles SIGCHLD for loops in any number of threads. Has no
 * thread of its own, needs no loop in particular, and leaves other code's children alone;
 * but takes the process's one handler of SIGCHLD.
 * <p>
 * <b>Cost.</b> At a signal it asks the kernel for any dead child. If that is one of its
 * own, the exit costs the same however many children it has: O(1), but for the kernel's
 * own walk over the list of all children. If it is somebody else's, such as one whose
 * handler was removed, it asks for each of its own: O(n), until that one is reaped. It
 * also asks for each once a second.
 * <p>
 * <b>The signal.</b> The handler is installed on instantiation, and shared with other
 * watchers and with {@link EventLoop#addSignalHandler}. A handler that other code has
 * installed before is replaced, and put back when this is {@linkplain #close() closed}
 * and its last child has been reported; one that other code has installed since stays,
 * with a warning, and until then exits are noticed up to a second late. Under
 * {@code -Xrs} there are no signals, and this watcher cannot be created.
 * <p>
 * <b>Threads.</b> The JVM calls the handler on a thread that it makes for each signal, so
 * on some 45 to 100 short ones where 2,000 children end at once, which checks, and posts
 * to the loops of the dead children: it neither reaps nor calls anything. Only the
 * handler of a child whose loop has closed is called there, or on the thread that closed
 * the loop. {@link #attachLoop} does nothing.
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
	 * From any thread: of the JVM's for a signal, or of a loop that has reported.
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
