package io.eventloop.watcher;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.eventloop.posix.ChildProcess;

/**
 * Waits for children, each in a thread of its own that sleeps in the kernel, and has
 * their exits reported. At most one thread waits for a child, however often its handler
 * changes. A thread whose child has died waits for the next one, if that comes soon.
 * <p>
 * A thread looks for the handler only once the child is dead. Where it finds none, the
 * child stays unreaped.
 */
final class WaitingThreads {

	/**
	 * Enough for a handler that logs, where the loop has closed first. What is reserved
	 * costs no memory: a waiting thread touches some 20 KiB, of 128 KiB as of 1 MiB.
	 */
	private static final long STACK_SIZE = 256 * 1024;

	private static final Duration IDLE = Duration.ofSeconds(1);

	private final ChildHandlers handlers;

	private final ChildExits exits;

	private final Set<ChildProcess> waitedFor = ConcurrentHashMap.newKeySet();

	private final AtomicLong started = new AtomicLong();

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE.toMillis(),
			TimeUnit.MILLISECONDS, new SynchronousQueue<>(), this::newThread);

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
			this.threads.execute(() -> waitFor(child));
		}
		catch (Throwable ex) {
			this.waitedFor.remove(child);
			throw ex;
		}
	}

	/**
	 * Keep no thread any more that has no child to wait for.
	 */
	void close() {
		this.threads.setKeepAliveTime(0, TimeUnit.MILLISECONDS);
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

	private Thread newThread(Runnable work) {
		Thread thread = new Thread(null, work, "eventloop-waitpid-" + this.started.getAndIncrement(), STACK_SIZE,
				false);
		thread.setDaemon(true);
		return thread;
	}

}
