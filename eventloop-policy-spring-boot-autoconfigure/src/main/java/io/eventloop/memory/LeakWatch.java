package io.eventloop.memory;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases what an object held that was collected without having been closed. As
 * {@link java.lang.ref.Cleaner}, but its thread ends once nothing is watched any more,
 * rather than to hold its class loader for ever. An open loop is watched, so that the
 * thread does not come and go with each child.
 *
 * @since 0.1.0
 */
public final class LeakWatch extends PhantomReference<Object> {

	private static final Logger logger = LoggerFactory.getLogger(LeakWatch.class);

	private static final Set<LeakWatch> WATCHED = new HashSet<>();

	private static final ReferenceQueue<Object> QUEUE = new ReferenceQueue<>();

	private static final long PAUSE_MILLIS = 1000;

	private static boolean running;

	private final Runnable release;

	private LeakWatch(Object owner, Runnable release) {
		super(owner, QUEUE);
		this.release = release;
	}

	/**
	 * Watch an object.
	 * @param owner the object
	 * @param release what to do once it was collected, in a thread that many share; the
	 * owner must not be reachable from it
	 * @return to {@linkplain #end() end} it
	 */
	public static LeakWatch over(Object owner, Runnable release) {
		synchronized (WATCHED) {
			LeakWatch watch = new LeakWatch(owner, release);
			WATCHED.add(watch);
			try {
				startThread();
			}
			catch (Throwable ex) {
				WATCHED.remove(watch);
				throw ex;
			}
			return watch;
		}
	}

	/**
	 * Watch no longer: the object was closed. A second call does nothing.
	 */
	public void end() {
		synchronized (WATCHED) {
			if (WATCHED.remove(this) && WATCHED.isEmpty()) {
				// Wakes the thread, which ends
				enqueue();
			}
			else {
				clear();
			}
		}
	}

	private static void startThread() {
		if (!running) {
			Thread thread = new Thread(null, LeakWatch::watch, "eventloop-leak-watch", 0, false);
			thread.setDaemon(true);
			thread.setContextClassLoader(null);
			thread.start();
			running = true;
		}
	}

	private static void watch() {
		while (!isOver()) {
			try {
				LeakWatch next = (LeakWatch) QUEUE.remove(MemoryReserve.isPrepared() ? 0 : PAUSE_MILLIS);
				if (next != null) {
					next.collected();
				}
				else {
					MemoryReserve.prepareIfThereIsRoom();
				}
			}
			catch (InterruptedException ex) {
				// Not ours: there is no reason to end this thread while objects are
				// watched
				logger.debug("Interrupted", ex);
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await();
			}
		}
	}

	/**
	 * Return whether nothing is watched. The next object gets another thread then.
	 */
	private static boolean isOver() {
		synchronized (WATCHED) {
			if (!WATCHED.isEmpty()) {
				return false;
			}
			running = false;
			return true;
		}
	}

	private void collected() {
		synchronized (WATCHED) {
			if (!WATCHED.remove(this)) {
				return;
			}
		}
		try {
			this.release.run();
		}
		catch (RuntimeException | Error ex) {
			logger.error("What a collected object held could not be released", ex);
		}
	}

}
