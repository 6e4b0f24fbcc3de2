package io.eventloop.watcher;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.eventloop.ChildExit;
import io.eventloop.ChildHandler;
import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.SpawnScope;
import io.eventloop.UnsupportedPlatformException;
import io.eventloop.memory.ClosingSteps;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.posix.ChildProcess;
import io.eventloop.posix.PosixException;
import io.eventloop.posix.PosixPlatform;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The child watcher for very many children: the kernel waits for each in an io_uring of
 * the loop that runs in the registering thread, whose descriptor is in the loop's
 * selector. Uses no signal, leaves foreign children alone, and costs neither a descriptor
 * nor a thread per child: a child that is started beside many others has no copies of
 * their descriptors to close. Requires Linux 6.7 or later, and that io_uring is allowed.
 * Kernels before 6.18 may use freed memory if a loop is closed in the moment in which one
 * of its children exits, unless their vendor has corrected that (CVE-2025-40047).
 * <p>
 * <b>Cost.</b> At each exit the kernel passes over the waits of all children alive: some
 * 10 ns for each.
 * <p>
 * <b>Fallback.</b> If no ring can be opened or it does not take a wait, or the loop
 * cannot watch descriptors or is closed first, a thread waits for the child, as with
 * {@link ThreadedChildWatcher}. The first such refusal is logged.
 * <p>
 * It needs no loop of its own: {@link #attachLoop} does nothing. A removed handler leaves
 * the wait in the ring, where it is used again if the child is registered again. A ring
 * is closed with its loop, or once the watcher is closed and has reported all children.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/io_uring.7.html">io_uring(7)</a>
 * @since 0.1.0
 */
public final class IoUringChildWatcher implements ChildWatcher {

	static final String NAME = "io-uring";

	private static final Logger logger = LoggerFactory.getLogger(IoUringChildWatcher.class);

	/**
	 * How many exits to report before other events of the loop have their turn.
	 */
	private static final int BATCH = 64;

	private static final int COMPLETIONS = 1024;

	private final ChildHandlers handlers = new ChildHandlers(NAME, this::loopClosed);

	private final ChildExits exits = new ChildExits(this.handlers);

	private final WaitingThreads threads = new WaitingThreads(this.handlers, this.exits);

	private final LoopRings rings;

	private final AtomicBoolean fallbackLogged = new AtomicBoolean();

	/**
	 * Create the watcher.
	 * @throws UnsupportedPlatformException if io_uring cannot wait for children here
	 */
	public IoUringChildWatcher() {
		this(PosixPlatform.ioUringProblem());
	}

	IoUringChildWatcher(Optional<String> problem) {
		this(problem, COMPLETIONS);
	}

	IoUringChildWatcher(Optional<String> problem, int completions) {
		problem.ifPresent((reason) -> {
			throw new UnsupportedPlatformException("The io-uring child watcher does not work here: " + reason,
					"choose eventloop.watcher=auto or eventloop.watcher=threaded");
		});
		this.rings = new LoopRings(completions, this::ready);
	}

	@Override
	public void addChildHandler(long pid, ChildHandler handler) {
		this.handlers.register(pid, handler, this::watch);
	}

	@Override
	public boolean removeChildHandler(long pid) {
		boolean removed = this.handlers.remove(pid) != null;
		closeIfDrained();
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
		return this.handlers.enter(this::closeIfDrained);
	}

	@Override
	public void close() {
		this.handlers.close();
		closeIfDrained();
	}

	@Override
	public String name() {
		return NAME;
	}

	private void watch(Registration registration) {
		try {
			this.rings.await(registration.child(), registration.loop());
		}
		catch (IOException | RuntimeException ex) {
			awaitInThread(registration.child(), ex);
		}
	}

	private void awaitInThread(ChildProcess child, Exception reason) {
		if (this.fallbackLogged.compareAndSet(false, true)) {
			logger.warn("A thread waits for child process {}, and for others without a log line: {}", child.pid(),
					reason.getMessage());
		}
		this.threads.await(child);
	}

	/**
	 * Waits of a loop have completed, which runs in this thread.
	 */
	private void ready(LoopRing ring) {
		EventLoop loop = EventLoops.getRunningLoop();
		try {
			for (int left = BATCH; left > 0 && ring.next(); left--) {
				completed(ring, loop);
			}
		}
		catch (PosixException ex) {
			logger.warn("Waiting anew for the children of {}: {}", loop, ex.getMessage());
			this.rings.close(loop);
		}
		if (ring.isClosed()) {
			MemoryReserve.insist(() -> this.handlers.of(loop).forEach(this::watch));
		}
		else {
			closeIfDrained();
		}
	}

	/**
	 * The child has exited, and its handler may have been removed, or moved to another
	 * loop and thus another ring. A child that is traced by a debugger is reported to the
	 * debugger first, and cannot be reaped yet: a thread waits until it can. Until the
	 * wait was taken all can be done again: there may be no memory.
	 */
	private void completed(LoopRing ring, EventLoop loop) {
		ChildProcess child = ring.child();
		Registration registration = (child != null) ? this.handlers.find(child, loop) : null;
		ChildExit exit = (registration != null) ? this.handlers.takeExitIfDead(registration) : null;
		if (registration != null && exit == null && registration.equals(this.handlers.find(registration.child()))) {
			this.threads.await(registration.child());
		}
		ring.take();
		if (registration != null && exit != null) {
			this.exits.tell(registration, exit);
		}
	}

	/**
	 * Close the rings once nothing is waited for, each on its loop's thread.
	 */
	private void closeIfDrained() {
		if (this.handlers.isDrained()) {
			this.rings.loops().forEach(this::close);
		}
	}

	private void close(EventLoop loop) {
		if (loop == EventLoops.findRunningLoop()) {
			this.rings.close(loop);
			return;
		}
		try {
			loop.callSoonThreadsafe((RepeatableCallback) () -> this.rings.close(loop));
		}
		catch (IllegalStateException ex) {
			logger.debug("The loop has been closed, and its ring with it", ex);
		}
	}

	/**
	 * A closed loop runs nothing that was posted to it.
	 */
	private void loopClosed(EventLoop loop) {
		try {
			this.rings.close(loop);
		}
		finally {
			ClosingSteps.each(this.handlers.of(loop), (registration) -> this.threads.await(registration.child()));
		}
	}

}
