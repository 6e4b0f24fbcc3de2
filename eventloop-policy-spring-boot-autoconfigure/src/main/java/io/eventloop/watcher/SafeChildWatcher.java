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
 * any thread. Has no thread of its own, apart from the short-lived one that the JVM
 * creates for each signal, and leaves foreign children alone. It replaces the process's
 * only handler of SIGCHLD, and is active only while the main loop runs.
 * <p>
 * <b>Cost.</b> At a signal the watcher asks the kernel for any exited child. If that is
 * one of its own, the exit costs O(1) however many children there are, apart from the
 * kernel's own walk over the list of children. If it is another one, such as a child
 * whose handler was removed, the watcher checks each of its own: O(n), until that child
 * is reaped. It also checks each of them once a second.
 * <p>
 * <b>The signal.</b> The handler is installed while a loop is attached, and shared with
 * other watchers and with {@link EventLoop#addSignalHandler}. When it is detached, or its
 * loop is closed, the watcher keeps its children, logs a warning, and finds exited ones
 * when it is attached again. A handler of other code is replaced meanwhile; if other code
 * replaces the handler in turn, exits are noticed up to a second late, with a warning.
 * Under {@code -Xrs} there are no signals, so this watcher cannot be created.
 * <p>
 * The handler of a child whose loop has been closed is called on the main loop.
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
	 * Sweep, on the main loop.
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
