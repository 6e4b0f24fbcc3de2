package io.eventloop.watcher;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.eventloop.ChildExit;
import io.eventloop.ChildHandler;
import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.ExitStatus;
import io.eventloop.ProcessLookupException;
import io.eventloop.SpawnScope;
import io.eventloop.UnsupportedPlatformException;
import io.eventloop.memory.ClosingSteps;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.posix.ChildProcess;
import io.eventloop.posix.PosixPlatform;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The child watcher without threads: each child's pidfd is watched by the selector of the
 * loop that runs in the registering thread, and becomes readable when the child has
 * exited. Uses no signal, leaves foreign children alone, scales with the number of
 * children, and costs a descriptor per child alive. Requires Linux 5.3 or later.
 * <p>
 * <b>Fallback.</b> If no pidfd can be opened for a child (too many open files), or its
 * loop cannot watch descriptors or is closed first, a thread waits for the child, as with
 * {@link ThreadedChildWatcher}. That a pidfd could not be opened is logged once.
 * <p>
 * <b>Any process</b> can be watched, not only a child. Only its parent gets its exit
 * status, so a process that is not a child is reported as {@link ExitStatus.Lost}, with
 * that reason, when it exits. If no pidfd can be opened, it is reported at once.
 * <p>
 * It needs no loop of its own: {@link #attachLoop} does nothing.
 *
 * @see <a href=
 * "https://man7.org/linux/man-pages/man2/pidfd_open.2.html">pidfd_open(2)</a>
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-policy.html#asyncio.PidfdChildWatcher">asyncio,
 * PidfdChildWatcher</a>
 * @since 0.1.0
 */
public final class PidfdChildWatcher implements ChildWatcher {

	static final String NAME = "pidfd";

	private static final Logger logger = LoggerFactory.getLogger(PidfdChildWatcher.class);

	private final ChildHandlers handlers = new ChildHandlers(NAME, this::loopClosed);

	private final ChildExits exits = new ChildExits(this.handlers);

	private final WaitingThreads threads = new WaitingThreads(this.handlers, this.exits);

	private final Pidfds pidfds = new Pidfds();

	private final Consumer<Pidfds.Watch> ready = this::ready;

	private final Consumer<Pidfds.Watch> notOurChildReady = this::notOurChildReady;

	private final AtomicBoolean fallbackLogged = new AtomicBoolean();

	/**
	 * Create the watcher.
	 * @throws UnsupportedPlatformException if no pidfd can be opened here
	 */
	public PidfdChildWatcher() {
		this(PosixPlatform.pidfdProblem());
	}

	PidfdChildWatcher(Optional<String> problem) {
		problem.ifPresent((reason) -> {
			throw new UnsupportedPlatformException("The pidfd child watcher does not work here: " + reason,
					"choose eventloop.watcher=auto or eventloop.watcher=threaded");
		});
	}

	@Override
	public void addChildHandler(long pid, ChildHandler handler) {
		this.handlers.register(pid, handler, this::watch);
	}

	@Override
	public boolean removeChildHandler(long pid) {
		Registration removed = this.handlers.remove(pid);
		if (removed != null) {
			release(removed);
		}
		return removed != null;
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
		return this.handlers.enter();
	}

	@Override
	public void close() {
		this.handlers.close();
	}

	@Override
	public String name() {
		return NAME;
	}

	/**
	 * A reaped child is no longer a child, but then no pidfd can be opened either.
	 */
	private void watch(Registration registration) {
		ChildProcess child = registration.child();
		EventLoop loop = registration.loop();
		boolean notOurChild = child.isNotOurChild();
		try {
			this.pidfds.open(child, loop, notOurChild ? this.notOurChildReady : this.ready);
		}
		catch (ProcessLookupException ex) {
			this.exits.post(registration);
		}
		catch (IOException | RuntimeException ex) {
			if (this.fallbackLogged.compareAndSet(false, true)) {
				logger.warn("A thread waits for child process {}, and for others without a log line: {}",
						registration.pid(), ex.getMessage());
			}
			this.threads.await(child);
		}
	}

	/**
	 * The child has exited, and its handler may have been removed, or moved to another
	 * loop and thus another pidfd. A child that is traced by a debugger is reported to
	 * the debugger first, and cannot be reaped yet: a thread waits until it can.
	 */
	private void ready(Pidfds.Watch watch) {
		int pidfd = this.pidfds.forget(watch);
		Registration registration;
		ChildExit exit;
		try {
			registration = find(watch);
			exit = (registration != null) ? reap(registration) : null;
		}
		finally {
			Pidfds.close(pidfd);
		}
		if (registration != null && exit != null) {
			this.exits.tell(registration, exit);
		}
	}

	/**
	 * A process that is not a child of this one has exited.
	 */
	private void notOurChildReady(Pidfds.Watch watch) {
		Pidfds.close(this.pidfds.forget(watch));
		Registration registration = find(watch);
		if (registration != null) {
			this.exits.reportNotOurChild(registration);
		}
	}

	private @Nullable Registration find(Pidfds.Watch watch) {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				return this.handlers.find(watch.child(), watch.loop());
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
		}
	}

	private @Nullable ChildExit reap(Registration registration) {
		ChildExit exit = this.handlers.takeExitIfDead(registration);
		if (exit == null && registration.equals(this.handlers.find(registration.child()))) {
			this.threads.await(registration.child());
		}
		return exit;
	}

	/**
	 * Close the pidfd of a removed handler on its loop's thread, unless the child was
	 * registered again.
	 */
	private void release(Registration removed) {
		EventLoop loop = removed.loop();
		RepeatableCallback close = () -> {
			if (this.handlers.find(removed.child(), loop) == null) {
				this.pidfds.close(new Pidfds.Watch(removed.child(), loop));
			}
		};
		if (loop == EventLoops.findRunningLoop()) {
			close.run();
			return;
		}
		try {
			loop.callSoonThreadsafe(close);
		}
		catch (IllegalStateException ex) {
			logger.debug("The loop of child process {} has been closed, and its pidfd with it", removed.pid(), ex);
		}
	}

	/**
	 * A closed loop reports no pidfds, and runs nothing that was posted to it.
	 */
	private void loopClosed(EventLoop loop) {
		try {
			this.pidfds.closeAll(loop);
		}
		finally {
			ClosingSteps.each(this.handlers.of(loop), (registration) -> this.threads.await(registration.child()));
		}
	}

}
