package io.eventloop.watcher;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.eventloop.posix.ChildProcess;
import io.eventloop.subprocess.MemoryReserve;

/**
 * Waits for children, each in a thread of its own that sleeps in the kernel, and has
 * their exits reported. At most one thread waits for a child, however often its handler
 * changes. A thread whose child has died waits for the next one, if that comes soon.
 * <p>
 * A thread looks up the handler only once the child is dead. Where it finds none, the
 * child stays unreaped.
 */
final class WaitingThreads {

	/**
	 * Enough for a handler that logs, where the loop has closed first. What is reserved
	 * costs no memory: a waiting thread touches some 20 KiB, of 128 KiB as of 1 MiB.
	 */
	private static final long STACK_SIZE = 256 * 1024;

	private static final Duration IDLE = Duration.ofMillis(100);

	/**
	 * How many children a thread waits for before another takes its place. The JVM
	 * compiles what a thread begins with once some hundred have begun; until then each
	 * touches 80 KiB of its stack.
	 */
	private static final int MAX_CHILDREN = 16;

	private final ChildHandlers handlers;

	private final ChildExits exits;

	private final Set<ChildProcess> waitedFor = ConcurrentHashMap.newKeySet();

	private final AtomicLong started = new AtomicLong();

	private final SynchronousQueue<ChildProcess> next = new SynchronousQueue<>();

	WaitingThreads(ChildHandlers handlers, ChildExits exits) {
		this.handlers = handlers;
		this.exits = exits;
	}

	/**
	 * Have the child waited for, unless it is already.
	 */
	void await(ChildProcess child) {
		if (!this.waitedFor.add(child)) {
			return;
		}
		try {
			if (!this.next.offer(child)) {
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
		ChildProcess child = first;
		try {
			for (int left = MAX_CHILDREN; child != null && waitFor(child) && left > 1; left--) {
				child = this.next.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		catch (OutOfMemoryError ex) {
			// No child waits for this thread: the next one gets another
			MemoryReserve.release();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Wait for the child and have its exit reported.
	 * @return whether this thread may wait for another: not if it has run a handler,
	 * which may have left something behind in it
	 */
	private boolean waitFor(ChildProcess child) {
		while (true) {
			try {
				return tryToWaitFor(child);
			}
			catch (OutOfMemoryError ex) {
				// Nobody else waits for it
				MemoryReserve.await();
			}
		}
	}

	private boolean tryToWaitFor(ChildProcess child) {
		try {
			child.awaitExit();
		}
		finally {
			// Before looking up the handler: who registers from now on gets another
			// thread
			this.waitedFor.remove(child);
		}
		Registration registration = this.handlers.find(child);
		return registration == null || this.exits.post(registration);
	}

}
