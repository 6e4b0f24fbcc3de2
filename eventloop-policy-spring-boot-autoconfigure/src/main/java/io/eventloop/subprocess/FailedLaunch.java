package io.eventloop.subprocess;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.pipe.LoopCalls;

/**
 * The ways in which a launch fails: each ends its child, if there is one already, and
 * fails its result, also where there is no memory for either at first.
 */
final class FailedLaunch {

	private final EventLoop loop;

	private final Spawner spawner;

	private final LoopFuture<?> result;

	private final Runnable landed;

	/**
	 * Create what a launch needs if it fails.
	 * @param spawner runs what blocks
	 * @param result fails
	 * @param landed told that the launch is over; more than once, perhaps
	 */
	FailedLaunch(EventLoop loop, Spawner spawner, LoopFuture<?> result, Runnable landed) {
		this.loop = loop;
		this.spawner = spawner;
		this.result = result;
		this.landed = landed;
	}

	/**
	 * Fail on the loop, where it is not closed, as soon as there is memory for that.
	 */
	void fail(Throwable failure) {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				LoopCalls.run(this.loop, new Failing(this, failure));
				return;
			}
			catch (IllegalStateException ex) {
				failNow(failure);
				return;
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
		}
	}

	private void failNow(Throwable failure) {
		this.landed.run();
		this.result.completeExceptionally(failure);
	}

	/**
	 * Undo a start, off the loop; here, where there is no memory for that.
	 */
	void undo(Child child, WatcherScope scope) {
		try {
			this.spawner.execute(() -> undoNow(child, scope));
		}
		catch (OutOfMemoryError ex) {
			MemoryReserve.release();
			undoNow(child, scope);
		}
	}

	/**
	 * Undo a start in this thread. Blocks until the child is reaped.
	 */
	void undoNow(Child child, WatcherScope scope) {
		try {
			KillAndReap.undo(this.loop, child);
		}
		finally {
			scope.leave();
		}
	}

	/**
	 * Kill and reap a child whose exit no watcher will report; here, where there is no
	 * memory to have it done off the loop.
	 */
	void killAndReap(ChildTransport transport, Throwable failure) {
		try {
			transport.discard();
			this.spawner.execute(transport::killAndReap);
			failAfterExit(transport, failure);
		}
		catch (OutOfMemoryError ex) {
			MemoryReserve.release();
			try {
				transport.killAndReap();
			}
			finally {
				fail(failure);
			}
		}
	}

	/**
	 * End a child that is watched, but will not be connected.
	 */
	void close(ChildTransport transport, Throwable failure) {
		try {
			transport.close();
			failAfterExit(transport, failure);
		}
		catch (OutOfMemoryError ex) {
			try {
				transport.outOfMemory("output", ex);
			}
			finally {
				fail(failure);
			}
		}
	}

	private void failAfterExit(ChildTransport transport, Throwable failure) {
		transport.onExit().whenComplete((code, none) -> this.result.completeExceptionally(failure));
	}

	/**
	 * A class rather than a lambda, which is linked when it is first used, and that takes
	 * memory.
	 */
	private record Failing(FailedLaunch launch, Throwable failure) implements RepeatableCallback {

		@Override
		public void run() {
			this.launch.failNow(this.failure);
		}

	}

}
