package io.eventloop.watcher;

import java.util.Objects;
import java.util.OptionalLong;

import io.eventloop.ChildExit;
import io.eventloop.ChildHandler;
import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.ExitStatus;
import io.eventloop.SpawnScope;
import io.eventloop.posix.ChildProcess;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The child watcher that reaps <em>every</em> child of the process, at each SIGCHLD, on
 * the running loop of the main context, to which the policy {@linkplain #attachLoop
 * attaches} it. Children may belong to loops in any thread.
 * <p>
 * <b>Whom it robs.</b> Whatever else in this JVM waits for a process:
 * {@code ProcessBuilder}, {@code Runtime.exec}, native libraries. On Java 17 a robbed
 * {@code java.lang.Process} reports exit value 0. Choose it only where nothing else
 * starts processes; {@code pidfd} costs as little and robs nobody.
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

	private final ChildHandlers handlers = new ChildHandlers(NAME, this::loopClosed);

	private final UntoldExits untold = new UntoldExits(new ChildExits(this.handlers));

	private final EarlyExits early = new EarlyExits();

	private final MainLoop mainLoop = new MainLoop(NAME, this.handlers, this::sweep, this::sweepSlowly);

	private final Object reaping = new Object();

	/**
	 * Create the watcher, attached to no loop.
	 * @throws io.eventloop.UnsupportedPlatformException if the JVM runs with {@code -Xrs}
	 * or this system has no signals
	 */
	public FastChildWatcher() {
		logger.warn("The fast child watcher reaps every child of this process: "
				+ "whoever starts one with ProcessBuilder, Runtime.exec or a native library loses its exit status, "
				+ "and on Java 17 is told exit value 0");
	}

	@Override
	public void addChildHandler(long pid, ChildHandler handler) {
		if (this.handlers.isOpen()) {
			this.mainLoop.requireRunning(pid);
			this.early.requireOpen(pid);
		}
		synchronized (this.reaping) {
			this.handlers.register(pid, reapedAlready(pid), handler, (registration) -> {
				this.early.forget(pid);
				withdraw(registration.child());
			});
		}
		this.mainLoop.registered();
		Registration registered = this.handlers.find(pid);
		if (registered != null) {
			tellIfDead(registered);
		}
	}

	@Override
	public boolean removeChildHandler(long pid) {
		boolean removed = this.handlers.remove(pid) != null || withdraw(reapedAlready(pid));
		this.mainLoop.detachIfDrained();
		return removed;
	}

	@Override
	public void attachLoop(@Nullable EventLoop loop) {
		this.mainLoop.attach(loop);
	}

	@Override
	public boolean isActive() {
		return this.handlers.isOpen() && this.mainLoop.isRunning();
	}

	@Override
	public SpawnScope enter() {
		return this.early.enter();
	}

	@Override
	public void close() {
		this.handlers.close();
		this.mainLoop.detachIfDrained();
	}

	@Override
	public String name() {
		return NAME;
	}

	private void sweep() {
		reapAll();
	}

	/**
	 * Find the child of that pid that was reaped, and whose exit nobody has been told.
	 */
	private @Nullable ChildProcess reapedAlready(long pid) {
		ChildProcess held = this.early.find(pid);
		if (held != null) {
			return held;
		}
		Registration waiting = this.untold.find(pid);
		boolean gone = waiting != null && ChildProcess.of(pid).peek() instanceof ExitStatus.Lost;
		return (waiting != null && gone) ? waiting.child() : null;
	}

	/**
	 * Tell nobody of that child, so that another can be told.
	 */
	private boolean withdraw(@Nullable ChildProcess child) {
		Registration waiting = (child != null) ? this.untold.find(child.pid()) : null;
		return waiting != null && waiting.child() == child && this.untold.withdraw(waiting);
	}

	/**
	 * On the main loop.
	 * @return the pid of a child of ours that was dead
	 */
	private OptionalLong reapAll() {
		OptionalLong ours = OptionalLong.empty();
		for (Reaped next = reapNext(); next != null; next = reapNext()) {
			if (next.registration() != null) {
				ours = OptionalLong.of(next.exit().pid());
			}
			tell(next);
		}
		return ours;
	}

	private OptionalLong sweepSlowly() {
		OptionalLong ours = reapAll();
		for (Registration registration : this.handlers.all()) {
			tellIfDead(registration);
		}
		return ours;
	}

	private void tellIfDead(Registration registration) {
		ChildExit exit;
		synchronized (this.reaping) {
			exit = registration.child().reap();
			if (exit == null || !this.handlers.take(registration)) {
				return;
			}
		}
		this.untold.post(registration, exit);
	}

	private @Nullable Reaped reapNext() {
		synchronized (this.reaping) {
			return ChildProcess.reapAny().map(this::take).orElse(null);
		}
	}

	/**
	 * Take the handler of a child that is dead, or hold its exit for one to come.
	 */
	private Reaped take(ChildProcess child) {
		synchronized (this.reaping) {
			ChildExit exit = Objects.requireNonNull(child.reap(), "The child is not dead");
			Registration registration = this.handlers.find(child);
			if (registration != null && this.handlers.take(registration)) {
				return new Reaped(exit, registration, false);
			}
			boolean lost = exit.status() instanceof ExitStatus.Lost;
			return new Reaped(exit, null, !lost && !this.early.hold(child, exit));
		}
	}

	private void tell(Reaped reaped) {
		if (reaped.registration() != null) {
			this.untold.post(reaped.registration(), reaped.exit());
		}
		if (reaped.unknown()) {
			logger.warn(
					"The fast child watcher has reaped process {}, which nobody has registered, "
							+ "with return code {}; whoever spawned it has lost its exit status",
					reaped.exit().pid(), reaped.exit().returnCode());
		}
	}

	private void loopClosed(EventLoop loop) {
		this.untold.loopClosed(loop);
	}

	/**
	 * A child that was reaped.
	 *
	 * @param registration who is to be told, if anybody
	 * @param unknown whether nobody ever will be
	 */
	private record Reaped(ChildExit exit, @Nullable Registration registration, boolean unknown) {

	}

}
