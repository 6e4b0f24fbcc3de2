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
 * <b>What it breaks.</b> It takes the exit statuses of children of other code in this
 * JVM: of {@code ProcessBuilder}, {@code Runtime.exec} and native libraries. When
 * children of both exit together, this watcher reaps a few per cent of
 * {@code java.lang.Process} children first; those report exit value 0. Choose it only if
 * nothing else starts processes. {@code pidfd} is as cheap, and leaves other children
 * alone.
 * <p>
 * <b>Cost.</b> O(1) for each exit, apart from the kernel's own walk over the list of
 * children.
 * <p>
 * <b>Scopes.</b> A child may be reaped before its spawner knows its pid, so it must be
 * spawned and registered within a {@linkplain #enter() scope}: the exit of a child that
 * is not registered, and is reaped while a scope is open, is kept until all scopes of
 * that time have ended. A warning is logged for exits that remain then, or that are
 * reaped while no scope is open. A child whose handler was removed is reaped, too.
 * <p>
 * For the signal, the main loop and {@code -Xrs}, see {@link SafeChildWatcher}.
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
	 * Shared by all watchers of this kind, because each reaps the children of the others,
	 * too.
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
				+ "children of ProcessBuilder, Runtime.exec or a native library may lose their exit status, "
				+ "and a java.lang.Process that lost it reports exit value 0; choose it only if no other code starts children");
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
