package io.eventloop.watcher;

import java.util.concurrent.atomic.LongAdder;

import io.eventloop.EventLoop;
import io.eventloop.UnsupportedPlatformException;
import io.eventloop.posix.PosixException;
import io.eventloop.posix.PosixPlatform;
import io.eventloop.posix.Subreaper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reaps orphans: processes whose parent has ended, that the kernel has made children of
 * this one, and that stay zombies when they end, as nobody waits for them.
 * <p>
 * <b>What it reaps</b>, each by its pid: a child of this process that has been dead for
 * about two seconds, was not spawned by this library nor given to a
 * {@link io.eventloop.ChildWatcher}, and is not one that the JDK waits for. <b>Whom it
 * robs:</b> code that starts processes by native means of its own and leaves them dead
 * for longer than that before it asks.
 * <p>
 * Several may be open at once, and each counts what it has reaped itself. All methods may
 * be called from any thread.
 *
 * @since 0.1.0
 */
public final class OrphanReaper implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(OrphanReaper.class);

	private static final long INIT = 1;

	private final String mode;

	private final @Nullable EventLoop loop;

	private final @Nullable Subreaper subreaper;

	private final LongAdder reaped = new LongAdder();

	private volatile boolean closed;

	private OrphanReaper(String mode, @Nullable EventLoop loop, @Nullable Subreaper subreaper) {
		this.mode = mode;
		this.loop = loop;
		this.subreaper = subreaper;
		if (loop != null) {
			loop.callSoonThreadsafe(this::next);
			logger.debug("Orphans are reaped once a second by {}", loop);
		}
	}

	/**
	 * Reap nothing.
	 * @return a reaper that does nothing
	 */
	public static OrphanReaper off() {
		return new OrphanReaper("off", null, null);
	}

	/**
	 * Reap if this is process 1, to which the kernel gives all orphans of its PID
	 * namespace; else nothing.
	 * @param loop the loop that checks for orphans while it runs
	 * @return the reaper, to be closed
	 * @throws UnsupportedPlatformException if this system has no orphans to reap
	 */
	public static OrphanReaper pid1(EventLoop loop) {
		return pid1(loop, ProcessHandle.current().pid());
	}

	static OrphanReaper pid1(EventLoop loop, long pid) {
		requirePlatform("pid1");
		if (pid != INIT) {
			logger.debug("Orphans are not reaped, as this is process {} and not process 1", pid);
		}
		return new OrphanReaper("pid1", (pid == INIT) ? loop : null, null);
	}

	/**
	 * Ask the kernel for the orphans among the descendants of this process, and reap
	 * them. That is asked for the whole process, until the last such reaper closes.
	 * @param loop the loop that checks for orphans while it runs
	 * @return the reaper, to be closed
	 * @throws UnsupportedPlatformException if the kernel has none to give
	 */
	public static OrphanReaper subreaper(EventLoop loop) {
		requirePlatform("subreaper");
		Subreaper held;
		try {
			held = Subreaper.hold();
		}
		catch (PosixException ex) {
			throw unsupported("subreaper", ex);
		}
		try {
			return new OrphanReaper("subreaper", loop, held);
		}
		catch (IllegalStateException ex) {
			// The loop is closed
			held.close();
			throw ex;
		}
	}

	/**
	 * Return when it reaps: {@code off}, {@code pid1} or {@code subreaper}.
	 * @return as {@code eventloop.reap-orphans} spells it
	 */
	public String mode() {
		return this.mode;
	}

	/**
	 * Return whether it reaps: its mode fits this process, and its loop runs.
	 * @return whether it does
	 */
	public boolean isActive() {
		return this.loop != null && this.loop.isRunning() && !this.closed;
	}

	/**
	 * Return how many orphans it has reaped.
	 * @return the number since the beginning
	 */
	public long reaped() {
		return this.reaped.sum();
	}

	/**
	 * Reap no more. The kernel is not asked for orphans any more, but leaves those that
	 * it has handed over. A second call does nothing.
	 */
	@Override
	public void close() {
		this.closed = true;
		if (this.subreaper != null) {
			this.subreaper.close();
		}
	}

	private void next() {
		if (this.loop != null && !this.closed) {
			this.loop.callLater(OrphanSweep.INTERVAL, this::check);
		}
	}

	private void check() {
		if (this.closed) {
			return;
		}
		try {
			this.reaped.add(OrphanSweep.OF_PROCESS.check());
		}
		finally {
			next();
		}
	}

	private static void requirePlatform(String mode) {
		try {
			PosixPlatform.require();
		}
		catch (UnsupportedPlatformException ex) {
			throw unsupported(mode, ex);
		}
	}

	private static UnsupportedPlatformException unsupported(String mode, Exception ex) {
		return new UnsupportedPlatformException(
				"eventloop.reap-orphans=%s does not work here: %s".formatted(mode, ex.getMessage()),
				"choose eventloop.reap-orphans=off", ex);
	}

}
