package io.eventloop.policy;

import org.jspecify.annotations.Nullable;

/**
 * The JVM's main thread. Neither its name nor its id identifies it reliably (any thread
 * can have the name, and the id is 1 or 3 depending on the version). But the JVM creates
 * it before all others, and the JVM's own threads, which never terminate, come next and
 * belong to the root group.
 */
final class MainThread {

	private MainThread() {
	}

	/**
	 * Find the main thread.
	 * @return the thread, or {@code null} if it has terminated
	 */
	static @Nullable Thread find() {
		ThreadGroup root = rootGroup();
		Thread[] threads = new Thread[2 * root.activeCount() + 16];
		root.enumerate(threads);
		Thread first = null;
		for (Thread thread : threads) {
			if (thread != null && (first == null || thread.getId() < first.getId())) {
				first = thread;
			}
		}
		return (first != null && first.getThreadGroup() != root) ? first : null;
	}

	private static ThreadGroup rootGroup() {
		ThreadGroup group = Thread.currentThread().getThreadGroup();
		while (group.getParent() != null) {
			group = group.getParent();
		}
		return group;
	}

}
