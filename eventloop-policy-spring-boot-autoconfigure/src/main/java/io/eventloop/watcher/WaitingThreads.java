package io.eventloop.watcher;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.eventloop.posix.ChildProcess;

/**
 * Waits for children, each in a thread of its own that sleeps in the kernel, and has
 * their exits reported. At most one thread waits for a child, however often its handler
 * changes.
 * <p>
 * A thread looks for the handler only once the child is dead. One that finds none ends,
 * and leaves the child unreaped.
 */
final class WaitingThreads {

	/**
	 * Enough for a handler that logs, where the loop has closed first. What is reserved
	 * costs no memory: a waiting thread touches some 20 KiB, of 128 KiB as of 1 MiB.
	 */
	private static final long STACK_SIZE = 256 * 1024;

	private final ChildHandlers handlers;

	private final ChildExits exits;

	private final Set<ChildProcess> waitedFor = ConcurrentHashMap.newKeySet();

	private final AtomicLong started = new AtomicLong();

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
		Thread thread = new Thread(null, () -> waitFor(child), "eventloop-waitpid-" + this.started.getAndIncrement(),
				STACK_SIZE, false);
		thread.setDaemon(true);
		try {
			thread.start();
		}
		catch (Throwable ex) {
			this.waitedFor.remove(child);
			throw ex;
		}
	}

	private void waitFor(ChildProcess child) {
		child.awaitExit();
		// Before looking for the handler: who registers from now on gets another thread
		this.waitedFor.remove(child);
		Registration registration = this.handlers.find(child);
		if (registration != null) {
			this.exits.post(registration);
		}
	}

}
