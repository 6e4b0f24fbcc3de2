package io.eventloop.watcher;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

import io.eventloop.EventLoop;
import io.eventloop.ExitStatus;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.posix.ChildProcess;

/**
 * Finds registered children that have exited, and has each reported on its loop, where it
 * is reaped. Reaps nothing itself.
 * <p>
 * It asks the kernel for any exited child first. If that is one of ours, it is reported
 * and reaped, and then the kernel is asked again: the cost does not depend on the number
 * of registered children. If it is another one, which the kernel keeps returning until it
 * is reaped, each of ours is checked.
 * <p>
 * <b>Nothing is missed.</b> A loop with pending reports is not given more: when it has
 * finished them, it requests another sweep. While the child that the kernel returns waits
 * for such a loop, the children of other loops are checked one by one, so that a busy
 * loop does not delay them; at worst they are reported at the next signal or
 * {@link PeriodicSweep}.
 */
final class Sweep {

	private final ChildHandlers handlers;

	private final ChildExits exits;

	private final Runnable again;

	private final Map<EventLoop, Integer> posted = new ConcurrentHashMap<>();

	private final Queue<Registration> orphans = new ConcurrentLinkedQueue<>();

	/**
	 * Create a sweep.
	 * @param again requests another {@linkplain #run() run}, soon
	 */
	Sweep(ChildHandlers handlers, Runnable again) {
		this.handlers = handlers;
		this.exits = new ChildExits(handlers);
		this.again = again;
	}

	/**
	 * Have exited children reported. Not by two threads at once.
	 */
	void run() {
		OptionalLong dead = ChildProcess.peekAnyDead();
		if (dead.isEmpty()) {
			return;
		}
		Registration top = this.handlers.find(dead.getAsLong());
		if (top != null && !this.posted.containsKey(top.loop())) {
			post(top);
			return;
		}
		passOver((registration) -> true);
	}

	/**
	 * Check the children one by one. From any thread.
	 * @return the pid of one that has exited and was not about to be reported
	 */
	OptionalLong passOver(Predicate<Registration> which) {
		Set<EventLoop> busy = Set.copyOf(this.posted.keySet());
		OptionalLong found = OptionalLong.empty();
		for (Registration registration : this.handlers.all()) {
			if (which.test(registration) && !busy.contains(registration.loop()) && examine(registration)) {
				found = OptionalLong.of(registration.pid());
			}
		}
		return found;
	}

	/**
	 * Have a child reported if it has exited. From any thread.
	 * @return whether it has exited; {@code false} if its status is lost
	 */
	boolean examine(Registration registration) {
		ExitStatus status = registration.child().peek();
		if (status != null) {
			post(registration);
		}
		return status != null && !(status instanceof ExitStatus.Lost);
	}

	/**
	 * Report the children whose loop has been closed, in this thread.
	 * @return whether there were any, in which case another sweep is needed
	 */
	boolean reportOrphans() {
		boolean reported = false;
		for (Registration orphan = this.orphans.poll(); orphan != null; orphan = this.orphans.poll()) {
			this.exits.report(orphan);
			reported = true;
		}
		return reported;
	}

	/**
	 * Forget what was posted to this loop, which is closed.
	 */
	void loopClosed(EventLoop loop) {
		this.posted.remove(loop);
		List<Registration> left = this.handlers.of(loop);
		left.forEach(this::examine);
		if (!left.isEmpty()) {
			this.again.run();
		}
	}

	private void post(Registration registration) {
		EventLoop loop = registration.loop();
		RepeatableCallback report = () -> report(registration);
		this.posted.merge(loop, 1, Integer::sum);
		try {
			MemoryReserve.post(loop, report);
		}
		catch (IllegalStateException ex) {
			this.posted.remove(loop);
			this.orphans.add(registration);
		}
	}

	private void report(Registration registration) {
		try {
			this.exits.report(registration);
		}
		finally {
			if (isLast(registration.loop())) {
				this.again.run();
			}
		}
	}

	/**
	 * Count a finished report.
	 * @return whether the loop has no more pending reports
	 */
	private boolean isLast(EventLoop loop) {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				return this.posted.computeIfPresent(loop, (key, count) -> (count > 1) ? count - 1 : null) == null;
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
		}
	}

}
