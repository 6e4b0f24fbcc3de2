package io.eventloop.watcher;

import java.util.OptionalLong;

import io.eventloop.ChildHandler;
import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.SpawnScope;
import org.jspecify.annotations.Nullable;

/**
 * The child watcher that handles SIGCHLD on the running loop of the main context, to
 * which the policy {@linkplain #attachLoop attaches} it. Children may belong to loops in
 * any thread. Has no thread of its own, but for the one that the JVM makes for each
 * signal for a moment, and leaves other code's children alone; but takes the process's
 * one handler of SIGCHLD, and is active only while the main loop runs.
 * <p>
 * <b>Cost.</b> At a signal it asks the kernel for any dead child. If that is one of its
 * own, the exit costs the same however many children it has: O(1), but for the kernel's
 * own walk over the list of all children. If it is somebody else's, such as one whose
 * handler was removed, it asks for each of its own: O(n), until that one is reaped. It
 * also asks for each once a second.
 * <p>
 * <b>The signal.</b> The handler is installed while a loop is attached, and shared with
 * other watchers and with {@link EventLoop#addSignalHandler}. Detached, or with its loop
 * closed, the watcher keeps its children, warns, and finds those that have died when it
 * is attached again. A handler of other code is replaced meanwhile; where other code
 * takes the signal in turn, exits are noticed up to a second late, with a warning. Under
 * {@code -Xrs} there are no signals, and this watcher cannot be created.
 * <p>
 * The handler of a child whose loop has closed is called on the main loop.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-policy.html#asyncio.SafeChildWatcher">asyncio,
 * SafeChildWatcher</a>
 * @since 0.1.0
 */
public final class SafeChildWatcher implements ChildWatcher {

	static final String NAME = "safe";

	private final ChildHandlers handlers = new ChildHandlers(NAME, this::loopClosed);

	private final SigchldLoop sigchldLoop;

	private final Sweep sweep;

	/**
	 * Create the watcher, attached to no loop.
	 * @throws io.eventloop.UnsupportedPlatformException if the JVM runs with {@code -Xrs}
	 * or this system has no signals
	 */
	public SafeChildWatcher() {
		this.sigchldLoop = new SigchldLoop(NAME, this.handlers, this::sweep, this::sweepPeriodically);
		this.sweep = new Sweep(this.handlers, this.sigchldLoop::request);
	}

	@Override
	public void addChildHandler(long pid, ChildHandler handler) {
		if (this.handlers.acceptsChildren()) {
			this.sigchldLoop.requireRunning(pid);
		}
		this.handlers.register(pid, handler, this::watch);
	}

	@Override
	public boolean removeChildHandler(long pid) {
		boolean removed = this.handlers.remove(pid) != null;
		this.sigchldLoop.detachIfDrained();
		return removed;
	}

	@Override
	public void attachLoop(@Nullable EventLoop loop) {
		this.sigchldLoop.attach(loop);
	}

	@Override
	public boolean isActive() {
		return this.handlers.isOpen() && this.sigchldLoop.isRunning();
	}

	@Override
	public SpawnScope enter() {
		return this.handlers.enter(this.sigchldLoop::detachIfDrained);
	}

	@Override
	public void close() {
		this.handlers.close();
		this.sigchldLoop.detachIfDrained();
	}

	@Override
	public String name() {
		return NAME;
	}

	private void watch(Registration registration) {
		this.sigchldLoop.registered();
		this.sweep.examine(registration);
	}

	/**
	 * On the main loop.
	 */
	private void sweep() {
		do {
			this.sweep.run();
		}
		while (this.sweep.reportOrphans());
	}

	private OptionalLong sweepPeriodically() {
		OptionalLong dead = this.sweep.passOver((registration) -> true);
		if (this.sweep.reportOrphans()) {
			this.sigchldLoop.request();
		}
		return dead;
	}

	private void loopClosed(EventLoop loop) {
		this.sweep.loopClosed(loop);
	}

}
