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
import io.eventloop.posix.ChildProcess;
import io.eventloop.subprocess.MemoryReserve;

/**
 * Finds registered children that are dead, and has each reported on its loop, where it is
 * reaped. Reaps nothing itself.
 * <p>
 * It asks the kernel for any dead child first. If that is one of ours, it is reported and
 * reaped, and then the kernel is asked again: the cost does not depend on how many
 * children are registered. If it is somebody else's, which stays on top until that one
 * reaps it, each of ours is checked.
 * <p>
 * <b>Nothing is missed.</b> A loop that has reports to come is not given more: when it is
 * through with them, it has the sweep done again. While the child on top waits for such a
 * loop, those of the other loops are checked one by one, so that a busy loop does not
 * keep others from hearing of theirs; at worst they hear with the next signal or
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
	 * @param again has it {@linkplain #run() done} again, soon
	 */
	Sweep(ChildHandlers handlers, Runnable again) {
		this.handlers = handlers;
		this.exits = new ChildExits(handlers);
		this.again = again;
	}

	/**
	 * Have dead children reported. Not by two threads at once.
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
	 * @return the pid of one that is dead and was not about to be reported
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
	 * Have a child reported if it has ended. From any thread.
	 * @return whether it is dead; not if its status is lost
	 */
	boolean examine(Registration registration) {
		ExitStatus status = registration.child().peek();
		if (status != null) {
			post(registration);
		}
		return status != null && !(status instanceof ExitStatus.Lost);
	}

	/**
	 * Report in this thread the children whose loop has closed.
	 * @return whether there were any, so that the sweep is to be done again
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
	 * What was posted to this loop is gone.
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
		Runnable report = () -> report(registration);
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
	 * Count a report that was made.
	 * @return whether the loop has no more to come
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
