package io.eventloop.watcher;

import io.eventloop.ChildHandler;
import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.SpawnScope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The child watcher that reaps <em>every</em> child of the process, at each SIGCHLD, on
 * the running loop of the main context, to which the policy {@linkplain #attachLoop
 * attaches} it. Children may belong to loops in any thread.
 * <p>
 * <b>Whom it robs.</b> Whatever else in this JVM waits for a process:
 * {@code ProcessBuilder}, {@code Runtime.exec}, native libraries. A
 * {@code java.lang.Process} whose exit status this watcher was quicker to take, a few in
 * a hundred, reports exit value 0. Choose it only where nothing else starts processes;
 * {@code pidfd} costs as little and robs nobody.
 * <p>
 * <b>Cost.</b> O(1) for each exit, but for the kernel's own walk over the list of all
 * children.
 * <p>
 * <b>Scopes.</b> A child may be reaped before its spawner knows its pid, so it must be
 * spawned and registered within a {@linkplain #enter() scope}: what is reaped while one
 * is open and is not registered is held until all scopes of that time have ended. What
 * remains then, or is reaped while none is open, is warned about. A removed child is
 * reaped too.
 * <p>
 * The signal, the main loop and {@code -Xrs} are as with {@link SafeChildWatcher}.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-policy.html#asyncio.FastChildWatcher">asyncio,
 * FastChildWatcher</a>
 * @since 0.1.0
 */
public final class FastChildWatcher implements ChildWatcher {

	static final String NAME = "fast";

	private static final Logger logger = LoggerFactory.getLogger(FastChildWatcher.class);

	/**
	 * Of all watchers of this kind, for each reaps the children of the others too.
	 */
	private static final UnclaimedExits unclaimed = new UnclaimedExits();

	private final ChildHandlers handlers = new ChildHandlers(NAME, this::loopClosed);

	private final ReapAll reapAll = new ReapAll(this.handlers, unclaimed);

	private final SigchldLoop sigchldLoop = new SigchldLoop(NAME, this.handlers, this.reapAll::sweep,
			this.reapAll::checkEach);

	/**
	 * Create the watcher, attached to no loop.
	 * @throws io.eventloop.UnsupportedPlatformException if the JVM runs with {@code -Xrs}
	 * or this system has no signals
	 */
	public FastChildWatcher() {
		logger.warn("The fast child watcher reaps every child of this process: "
				+ "whoever starts one with ProcessBuilder, Runtime.exec or a native library loses its exit status, "
				+ "and a java.lang.Process that lost it reports exit value 0");
	}

	@Override
	public void addChildHandler(long pid, ChildHandler handler) {
		if (this.handlers.acceptsChildren()) {
			this.sigchldLoop.requireRunning(pid);
			unclaimed.requireOpen(pid);
		}
		this.reapAll.register(pid, handler);
		this.sigchldLoop.registered();
	}

	@Override
	public boolean removeChildHandler(long pid) {
		boolean removed = this.reapAll.remove(pid);
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
		SpawnScope scope = this.handlers.enter(this.sigchldLoop::detachIfDrained);
		try {
			SpawnScope held = unclaimed.enter();
			return () -> {
				try {
					held.close();
				}
				finally {
					scope.close();
				}
			};
		}
		catch (OutOfMemoryError ex) {
			scope.close();
			throw ex;
		}
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

	private void loopClosed(EventLoop loop) {
		this.reapAll.loopClosed(loop);
	}

}
