package io.eventloop.posix;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;

import io.eventloop.ChildExit;
import io.eventloop.ExitStatus;
import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of a pid, from spawn until its exit has been taken. There is one object
 * per living child in the process; all methods may be called from any thread.
 *
 * <pre>
 * running --- dies ---&gt; dead --- reap() ---&gt; reaped: exit known, pid free
 *    '--- other code takes the exit ---&gt; reaped: Lost
 * </pre>
 *
 * <p>
 * Reaping and signalling exclude each other: while this object has not reaped, the kernel
 * cannot give the pid to another process, and once it has, it refuses every signal. The
 * exit is taken from the kernel once and told to every caller that asks. For a pid that
 * is no child of this process ({@link #of(long)}) there is no such guarantee, and its
 * exit is {@link ExitStatus.Lost}.
 *
 * @since 0.1.0
 * @see <a href="https://man7.org/linux/man-pages/man2/wait.2.html">waitid(2)</a>
 */
public final class ChildProcess {

	static final ChildTable TABLE = new ChildTable();

	/**
	 * What the C library's spawn exits with where it cannot execute the program.
	 */
	private static final int FAILED_SPAWN = 127;

	static {
		// Before the first child
		Signals.stopIgnoringChildren();
	}

	private final long foundAfter;

	private final ChildTable table;

	private final Object lock = new Object();

	private final ExitRecord record = new ExitRecord();

	/**
	 * What follows in a list of the table, guarded by that.
	 */
	@Nullable ChildProcess next;

	private volatile int pid;

	/**
	 * Whether the pid is free: the exit was taken, though perhaps not made yet.
	 */
	private volatile boolean taken;

	/**
	 * When the exit had not been taken yet, on the clock of {@link System#nanoTime()}.
	 */
	private long ownAt;

	private volatile @Nullable ChildExit exit;

	private volatile boolean exitClaimed;

	ChildProcess(int pid, long foundAfter, ChildTable table) {
		this.pid = pid;
		this.foundAfter = foundAfter;
		this.table = table;
	}

	/**
	 * Return the owner of a pid: the one that {@link PosixSpawn} registered, or for a
	 * process born elsewhere one that is made now. A pid whose exit has been taken gets a
	 * new owner, which can only say {@link ExitStatus.Lost}.
	 * @param pid the process
	 * @return its owner
	 * @throws IllegalArgumentException if the pid is not positive: to the kernel, 0 and
	 * negative numbers mean several processes
	 */
	public static ChildProcess of(long pid) {
		return TABLE.of(requirePid(pid));
	}

	/**
	 * Return some child of this process, spawned by any code, that is dead and not
	 * reaped. Takes nothing: the same child is returned again until it is reaped.
	 * @return its pid, empty if there is none
	 */
	public static OptionalLong peekAnyDead() {
		int pid = Wait.anyDead();
		return (pid > 0) ? OptionalLong.of(pid) : OptionalLong.empty();
	}

	/**
	 * Reap some child of this process that is dead, spawned by any code: code that waits
	 * for it will find no such child. Its owner's exit is that of {@link #reap()}, so
	 * {@link ExitStatus.Lost} where other code was quicker.
	 * @return its owner, empty if no child is dead
	 */
	public static Optional<ChildProcess> reapAny() {
		int pid = Wait.anyDead();
		while (pid > 0) {
			ChildProcess child = TABLE.of(pid);
			if (child.reap() != null) {
				return Optional.of(child);
			}
			pid = Wait.anyDead();
		}
		return Optional.empty();
	}

	static int requirePid(long pid) {
		if (pid <= 0 || pid > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("A pid must be positive, not " + pid);
		}
		return (int) pid;
	}

	/**
	 * Return the number of the process.
	 * @return the pid
	 */
	public long pid() {
		return this.pid;
	}

	/**
	 * Return whether the exit was taken, here or by other code, so that the pid is free.
	 * @return whether it was
	 */
	public boolean isReaped() {
		return this.taken;
	}

	/**
	 * Return until when the pid was this child's for certain: processes in the group that
	 * it leads that were started by then are in no other group that was given the number
	 * later. Reads {@code /proc}.
	 * @return the last clock tick, as starts are given, at whose end the child was not
	 * reaped; {@link Long#MAX_VALUE} as long as it is not, -1 where other code has reaped
	 * it
	 * @see <a href=
	 * "https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
	 */
	public long lastOwnTick() {
		synchronized (this.lock) {
			if (!this.taken) {
				return Long.MAX_VALUE;
			}
			return this.record.isLost() ? -1 : BootClock.tickAt(this.ownAt) - 1;
		}
	}

	/**
	 * Return whether the process is a child of this one, running or dead, whose exit has
	 * not been taken.
	 * @return {@code false} for every other process too
	 */
	public boolean isChild() {
		return !this.taken && Wait.isChild(this.pid);
	}

	/**
	 * Return whether this process can never learn how it ended: it was not spawned here,
	 * and is no child whose exit is still to be taken.
	 * @return {@code false} for what was spawned here, unless it was found dead before
	 * the spawn returned, and reaped
	 */
	public boolean isNotOurChild() {
		return this.foundAfter > 0 && !isChild();
	}

	/**
	 * Declare that the code that started this child reads its exit from this object
	 * rather than from a watcher, so that a watcher that reaps every child does not warn
	 * of a lost status.
	 */
	public void claimExit() {
		this.exitClaimed = true;
	}

	/**
	 * Return whether no code misses the exit of this child, though it is registered with
	 * no watcher: it is {@linkplain #claimExit() asked for here}, or the child is what a
	 * spawn that failed had for a moment.
	 * @return whether it is so
	 */
	public boolean isExitClaimed() {
		if (!this.exitClaimed) {
			ChildExit known = this.exit;
			this.exitClaimed = known != null && known.returnCode() == FAILED_SPAWN && this.table.takeFailed(this);
		}
		return this.exitClaimed;
	}

	/**
	 * Send a signal. To a child that is dead but not reaped it is sent in vain.
	 * @param signal the signal
	 * @throws ProcessLookupException if it has been reaped, or there is no such process
	 * @throws UncheckedIOException with a {@link PosixException} if this user may not
	 * signal it
	 */
	public void signal(Signal signal) {
		kill(this.pid, signal);
	}

	/**
	 * Send a signal to the process group that the child leads, so to what it has started
	 * too. Refused once the child itself has been reaped.
	 * @param signal the signal
	 * @throws ProcessLookupException if it has been reaped, or leads no group
	 * @throws UncheckedIOException with a {@link PosixException} if this user may not
	 * signal any process of the group
	 */
	public void signalGroup(Signal signal) {
		if (this.pid == 1) {
			// kill(-1) means every process there is
			throw new ProcessLookupException("Cannot send %s: process 1 leads no group of ours".formatted(signal));
		}
		kill(-this.pid, signal);
	}

	/**
	 * Block this thread until the child is dead, without reaping it. Returns at once when
	 * it has been reaped or is no child of this process.
	 */
	public void awaitExit() {
		if (!this.taken) {
			Wait.untilDead(this.pid);
		}
	}

	/**
	 * Take the exit, without waiting. The first call that finds the child dead frees its
	 * pid; that one and every other returns the same exit. Where there is no memory for
	 * the exit, it can be asked for again.
	 * @return the exit, {@code null} while the child runs
	 */
	public @Nullable ChildExit reap() {
		ChildExit known = this.exit;
		if (known != null) {
			return known;
		}
		synchronized (this.lock) {
			if (!this.taken) {
				long now = System.nanoTime();
				if (this.record.take(this.pid)) {
					this.ownAt = now;
					taken();
				}
			}
			return this.taken ? exit() : null;
		}
	}

	/**
	 * Peek at the exit without reaping: the child stays a zombie, its pid taken.
	 * @return the status, {@code null} while the child runs
	 */
	public @Nullable ExitStatus peek() {
		synchronized (this.lock) {
			if (this.taken) {
				return exit().status();
			}
			ExitStatus status = Wait.peek(this.pid);
			if (status instanceof ExitStatus.Lost && this.record.take(this.pid)) {
				taken();
				return exit().status();
			}
			return status;
		}
	}

	@Override
	public String toString() {
		ChildExit known = this.exit;
		return "process " + this.pid + ((known != null) ? " (" + known.status() + ")" : " (not reaped)");
	}

	/**
	 * The number of the last spawn that had begun when this pid was found rather than
	 * spawned, at least 1, else 0.
	 */
	long foundAfter() {
		return this.foundAfter;
	}

	/**
	 * A new child has this pid, so other code took the exit of the old one.
	 */
	void pidRecycled() {
		synchronized (this.lock) {
			if (!this.taken) {
				this.record.recycled();
				taken();
			}
		}
	}

	/**
	 * A child with this pid has been born. Called before the object is known to others.
	 */
	void born(int number) {
		this.pid = number;
	}

	private void taken() {
		this.taken = true;
		this.table.reaped(this);
	}

	/**
	 * The exit, made if it was not: there may have been no memory when it was taken.
	 */
	private ChildExit exit() {
		ChildExit known = this.exit;
		if (known == null) {
			known = this.record.toExit(this.pid);
			this.exit = known;
		}
		return known;
	}

	private void kill(int target, Signal signal) {
		int errno;
		synchronized (this.lock) {
			if (this.taken) {
				throw new ProcessLookupException("Cannot send %s: process %d has finished".formatted(signal, this.pid));
			}
			errno = (LibC.C.kill(target, signal.number()) == 0) ? 0 : LibC.C.errno();
		}
		switch (errno) {
			case 0 -> {
			}
			case Errno.ESRCH -> throw new ProcessLookupException("Cannot send %s: %s %d".formatted(signal,
					(target > 0) ? "there is no process" : "there is no process group of process", this.pid));
			default -> throw new UncheckedIOException(new PosixException(
					"Cannot send %s to process %d".formatted(signal, this.pid), errno, "another user may own it"));
		}
	}

}
