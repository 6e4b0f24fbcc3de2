package io.eventloop.posix;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.eventloop.ChildExit;
import io.eventloop.ExitStatus;
import org.jspecify.annotations.Nullable;

/**
 * A child of this process that was found dead and unreaped, and that had no
 * {@link ChildProcess} then: the JDK's, another library's, or an orphan that the kernel
 * has handed over. It may also be one that a spawn has just borne and not registered yet,
 * which {@link #mayBeOurs()} tells. From any thread.
 *
 * <p>
 * <b>What a check costs.</b> While no child at all is dead, one system call. Otherwise
 * one for each process that {@code /proc} lists: it is the kernel that is asked whether a
 * number is a dead child of ours, so that nothing in there is parsed or believed, and a
 * {@code /proc} of another PID namespace does no harm.
 *
 * @since 0.1.0
 * @see <a href="https://man7.org/linux/man-pages/man2/wait.2.html">waitid(2)</a>
 */
public final class UnownedZombie {

	private static final File PROC = new File("/proc");

	private final int pid;

	private final long spawnsBegun;

	private final @Nullable ProcessHandle process;

	private UnownedZombie(int pid, long spawnsBegun) {
		this.pid = pid;
		this.spawnsBegun = spawnsBegun;
		// Has the start time in it
		this.process = ProcessHandle.of(pid).orElse(null);
	}

	/**
	 * Find those that are dead now. Reaps nothing.
	 * @return the children, mostly none
	 */
	public static List<UnownedZombie> findDead() {
		int first = Wait.anyDead();
		if (first <= 0) {
			return List.of();
		}
		List<UnownedZombie> found = new ArrayList<>();
		for (int pid : candidates(first)) {
			if (!ChildProcess.TABLE.owns(pid) && isDead(pid)) {
				found.add(new UnownedZombie(pid, ChildProcess.TABLE.spawnsBegun()));
			}
		}
		return found;
	}

	/**
	 * Return the number of the process.
	 * @return the pid
	 */
	public long pid() {
		return this.pid;
	}

	/**
	 * Return whether this library has spawned the child, is about to learn that it has,
	 * or was asked to watch it.
	 * @return whether it must be left to its owner
	 */
	public boolean mayBeOurs() {
		return ChildProcess.TABLE.mayOwn(this.pid, this.spawnsBegun);
	}

	/**
	 * Return whether two findings are of one process, and not of one after the other with
	 * the same pid.
	 * @param other another finding
	 * @return whether they are
	 */
	public boolean isSameProcess(UnownedZombie other) {
		return this.pid == other.pid && Objects.equals(this.process, other.process);
	}

	/**
	 * Take its exit, by its pid. Any other code that waits for it loses it.
	 * @return the exit, {@link ExitStatus.Lost} if other code was faster
	 */
	public ChildExit reap() {
		ChildExit exit = ChildProcess.of(this.pid).reap();
		return (exit != null) ? exit
				: new ChildExit(this.pid, new ExitStatus.Lost("its pid belongs to another process now"), null);
	}

	@Override
	public String toString() {
		return "dead process " + this.pid;
	}

	private static boolean isDead(int pid) {
		ExitStatus status = Wait.peek(pid);
		return status != null && !(status instanceof ExitStatus.Lost);
	}

	/**
	 * The child on top, which may be hidden in {@code /proc}, and all others.
	 */
	private static Set<Integer> candidates(int first) {
		Set<Integer> pids = new LinkedHashSet<>();
		pids.add(first);
		String[] names = PROC.list();
		if (names != null) {
			for (String name : names) {
				if (Character.isDigit(name.charAt(0))) {
					pids.add(Integer.valueOf(name));
				}
			}
		}
		return pids;
	}

}
