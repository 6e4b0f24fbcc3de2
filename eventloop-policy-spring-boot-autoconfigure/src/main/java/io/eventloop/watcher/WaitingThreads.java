package io.eventloop.watcher;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.eventloop.memory.MemoryReserve;
import io.eventloop.posix.ChildProcess;
import org.jspecify.annotations.Nullable;

/**
 * Waits for children, each in a thread of its own that blocks in the kernel, and has
 * their exits reported. At most one thread waits for a child, however often its handler
 * changes. A thread whose child has exited takes the next one, if there is one soon.
 * <p>
 * A thread finds the handler only after the child has exited. If there is none, the child
 * stays unreaped.
 */
final class WaitingThreads {

	/**
	 * Enough for a handler that logs, which runs here if the loop has been closed.
	 * Reserved stack costs no memory: a waiting thread touches some 20 KiB, whether of
	 * 128 KiB or of 1 MiB.
	 */
	private static final long STACK_SIZE = 256 * 1024;

	private static final Duration IDLE = Duration.ofMillis(100);

	/**
	 * How many children a thread waits for before another replaces it. The JVM compiles
	 * the code that a thread starts with after about a hundred starts; until then each
	 * thread touches 80 KiB of its stack.
	 */
	private static final int MAX_CHILDREN = 16;

	private final ChildHandlers handlers;

	private final ChildExits exits;

	private final Set<ChildProcess> waitedFor = ConcurrentHashMap.newKeySet();

	private final AtomicLong started = new AtomicLong();

	private final IdleThreads idle = new IdleThreads();

	WaitingThreads(ChildHandlers handlers, ChildExits exits) {
		this.handlers = handlers;
		this.exits = exits;
	}

	/**
	 * Wait for the child, unless a thread already does.
	 */
	void await(ChildProcess child) {
		if (!this.waitedFor.add(child)) {
			return;
		}
		try {
			if (!this.idle.offer(child)) {
				start(child);
			}
		}
		catch (Throwable ex) {
			this.waitedFor.remove(child);
			throw ex;
		}
	}

	private void start(ChildProcess first) {
		Thread thread = new Thread(null, () -> waitForSome(first),
				"eventloop-waitpid-" + this.started.getAndIncrement(), STACK_SIZE, false);
		thread.setDaemon(true);
		thread.setContextClassLoader(getClass().getClassLoader());
		thread.start();
	}

	private void waitForSome(ChildProcess first) {
		if (!waitFor(first)) {
			return;
		}
		IdleThreads.Place place = placeOrNull();
		for (int left = MAX_CHILDREN - 1; left > 0 && place != null; left--) {
			ChildProcess child = this.idle.poll(place, IDLE.toMillis());
			if (child == null || !waitFor(child)) {
				return;
			}
		}
	}

	/**
	 * Make the place in which this thread waits for another child.
	 * @return {@code null} if there is no memory: the thread ends then, and no child
	 * waits for it
	 */
	private static IdleThreads.@Nullable Place placeOrNull() {
		try {
			return new IdleThreads.Place();
		}
		catch (OutOfMemoryError ex) {
			MemoryReserve.release();
			return null;
		}
	}

	/**
	 * Wait for the child and have its exit reported.
	 * @return whether this thread may wait for another child: not if it has run a
	 * handler, which may have left thread-bound state
	 */
	private boolean waitFor(ChildProcess child) {
		while (true) {
			try {
				return tryToWaitFor(child);
			}
			catch (OutOfMemoryError ex) {
				// No other thread waits for it, so this one tries for as long as it takes
				MemoryReserve.await();
			}
		}
	}

	private boolean tryToWaitFor(ChildProcess child) {
		try {
			child.awaitExit();
		}
		finally {
			// Before finding the handler: a child registered from now on gets another
			// thread
			this.waitedFor.remove(child);
		}
		Registration registration = this.handlers.find(child);
		return registration == null || this.exits.post(registration);
	}

}
