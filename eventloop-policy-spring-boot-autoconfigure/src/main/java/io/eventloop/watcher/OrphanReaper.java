package io.eventloop.watcher;

import java.util.concurrent.atomic.LongAdder;

import io.eventloop.EventLoop;
import io.eventloop.UnsupportedPlatformException;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.posix.PosixException;
import io.eventloop.posix.PosixPlatform;
import io.eventloop.posix.Subreaper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reaps orphans: processes whose parent has exited, that the kernel has made children of
 * this process, and that stay zombies when they exit because no code waits for them.
 * <p>
 * <b>What it reaps</b>, each by its pid: a child of this process that has been a zombie
 * for about two seconds, was neither spawned by this library nor registered with a
 * {@link io.eventloop.ChildWatcher}, and is not one that the JDK waits for. <b>What it
 * breaks:</b> native code that starts processes and waits for them only later than that.
 * <p>
 * Several may be open at once; each counts the orphans that it has reaped. All methods
 * may be called from any thread.
 *
 * @since 0.1.0
 */
public final class OrphanReaper implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(OrphanReaper.class);

	private static final long INIT = 1;

	private final String mode;

	private final @Nullable EventLoop loop;

	private final @Nullable Subreaper subreaper;

	private final Runnable killEnded;

	private final LongAdder reaped = new LongAdder();

	private volatile boolean closed;

	private OrphanReaper(String mode, @Nullable EventLoop loop, @Nullable Subreaper subreaper, Runnable killEnded) {
		this.mode = mode;
		this.loop = loop;
		this.subreaper = subreaper;
		this.killEnded = killEnded;
		if (loop != null) {
			loop.callSoonThreadsafe((RepeatableCallback) this::next);
			logger.debug("Orphans are reaped once a second by {}", loop);
		}
	}

	/**
	 * Create a reaper that does nothing.
	 * @return the reaper
	 */
	public static OrphanReaper off() {
		return new OrphanReaper("off", null, null, OrphanReaper::nothing);
	}

	/**
	 * Create a reaper that is active if this is process 1, to which the kernel gives all
	 * orphans of its PID namespace.
	 * @param loop the loop that checks for orphans while it runs
	 * @return the reaper, to be closed
	 * @throws UnsupportedPlatformException if this system has no orphans to reap
	 */
	public static OrphanReaper pid1(EventLoop loop) {
		return pid1(loop, OrphanReaper::nothing);
	}

	/**
	 * Create a reaper that is active if this is process 1, and that also kills the
	 * orphans that should have ended before.
	 * @param loop the loop that checks for orphans while it runs
	 * @param killEnded kills those; called at each check, on the loop, which it must not
	 * block
	 * @return the reaper, to be closed
	 * @throws UnsupportedPlatformException if this system has no orphans to reap
	 */
	public static OrphanReaper pid1(EventLoop loop, Runnable killEnded) {
		return pid1(loop, ProcessHandle.current().pid(), killEnded);
	}

	static OrphanReaper pid1(EventLoop loop, long pid) {
		return pid1(loop, pid, OrphanReaper::nothing);
	}

	private static OrphanReaper pid1(EventLoop loop, long pid, Runnable killEnded) {
		requirePlatform("pid1");
		if (pid != INIT) {
			logger.debug("Orphans are not reaped, because this is process {} and not process 1", pid);
		}
		return new OrphanReaper("pid1", (pid == INIT) ? loop : null, null, killEnded);
	}

	/**
	 * Ask the kernel for the orphans among the descendants of this process, and reap
	 * them. The request applies to the whole process, until the last such reaper is
	 * closed.
	 * @param loop the loop that checks for orphans while it runs
	 * @return the reaper, to be closed
	 * @throws UnsupportedPlatformException if the kernel does not support this
	 */
	public static OrphanReaper subreaper(EventLoop loop) {
		return subreaper(loop, OrphanReaper::nothing);
	}

	/**
	 * Ask the kernel for the orphans among the descendants of this process, reap them,
	 * and kill those that should have ended before. The request applies to the whole
	 * process, until the last such reaper is closed.
	 * @param loop the loop that checks for orphans while it runs
	 * @param killEnded kills those; called at each check, on the loop, which it must not
	 * block
	 * @return the reaper, to be closed
	 * @throws UnsupportedPlatformException if the kernel does not support this
	 */
	public static OrphanReaper subreaper(EventLoop loop, Runnable killEnded) {
		requirePlatform("subreaper");
		Subreaper held;
		try {
			held = Subreaper.hold();
		}
		catch (PosixException ex) {
			throw unsupported("subreaper", ex);
		}
		try {
			return new OrphanReaper("subreaper", loop, held, killEnded);
		}
		catch (IllegalStateException ex) {
			// The loop is closed
			held.close();
			throw ex;
		}
	}

	/**
	 * Return the mode: {@code off}, {@code pid1} or {@code subreaper}.
	 * @return as in {@code eventloop.reap-orphans}
	 */
	public String mode() {
		return this.mode;
	}

	/**
	 * Return whether it is active: its mode applies to this process, and its loop is
	 * running.
	 * @return whether it does
	 */
	public boolean isActive() {
		return this.loop != null && this.loop.isRunning() && !this.closed;
	}

	/**
	 * Return how many orphans it has reaped.
	 * @return the number since its creation
	 */
	public long reaped() {
		return this.reaped.sum();
	}

	/**
	 * Stop reaping. The request to the kernel is withdrawn; orphans that it has already
	 * handed over remain. A second call does nothing.
	 */
	@Override
	public void close() {
		this.closed = true;
		if (this.subreaper != null) {
			this.subreaper.close();
		}
	}

	private static void nothing() {
	}

	private void next() {
		if (this.loop != null && !this.closed) {
			this.loop.callLater(OrphanSweep.INTERVAL, (RepeatableCallback) this::check);
		}
	}

	private void check() {
		if (this.closed) {
			return;
		}
		try {
			this.killEnded.run();
			this.reaped.add(OrphanSweep.OF_PROCESS.check());
		}
		catch (OutOfMemoryError ex) {
			// The next check finds what this one has not
			MemoryReserve.release();
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
