package io.eventloop.watcher;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.eventloop.posix.ChildProcess;
import org.jspecify.annotations.Nullable;

/**
 * Hands children to threads that have none to wait for, to the one that came last first.
 * <p>
 * No step allocates, unlike those of {@link java.util.concurrent.SynchronousQueue}, where
 * a thread that dies in {@code poll} for want of memory leaves its place behind: what is
 * offered next is then given to no thread.
 */
final class IdleThreads {

	private @Nullable Place last;

	/**
	 * Give a child to an idle thread.
	 * @return {@code false} if there is none
	 */
	boolean offer(ChildProcess child) {
		Thread thread;
		synchronized (this) {
			Place place = this.last;
			if (place == null) {
				return false;
			}
			this.last = place.below;
			place.child = child;
			thread = place.thread;
		}
		LockSupport.unpark(thread);
		return true;
	}

	/**
	 * Wait for a child.
	 * @param place the place of this thread
	 * @param millis how long
	 * @return the child, or {@code null} if none came in time
	 */
	@Nullable ChildProcess poll(Place place, long millis) {
		long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		enter(place);
		for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
			if (isTaken(place) || Thread.currentThread().isInterrupted()) {
				break;
			}
			LockSupport.parkNanos(this, left);
		}
		return leave(place);
	}

	private synchronized void enter(Place place) {
		place.child = null;
		place.below = this.last;
		this.last = place;
	}

	private synchronized boolean isTaken(Place place) {
		return place.child != null;
	}

	private synchronized @Nullable ChildProcess leave(Place place) {
		if (place.child == null) {
			remove(place);
		}
		place.below = null;
		return place.child;
	}

	private void remove(Place place) {
		if (this.last == place) {
			this.last = place.below;
			return;
		}
		for (Place above = this.last; above != null; above = above.below) {
			if (above.below == place) {
				above.below = place.below;
				return;
			}
		}
	}

	/**
	 * The place of one thread, which it has before it waits.
	 */
	static final class Place {

		private final Thread thread;

		private @Nullable ChildProcess child;

		private @Nullable Place below;

		/**
		 * Make the place of this thread.
		 */
		Place() {
			this.thread = Thread.currentThread();
		}

	}

}
