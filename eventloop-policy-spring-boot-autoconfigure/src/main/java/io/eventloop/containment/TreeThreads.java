package io.eventloop.containment;

/**
 * Runs what follows from the end of a tree in a thread of its own each, not in the common
 * pool: that may have a single thread, and other code may block it.
 */
final class TreeThreads {

	private TreeThreads() {
	}

	static void run(Runnable task) {
		Thread thread = new Thread(task, "eventloop-tree-killed");
		thread.setDaemon(true);
		try {
			thread.start();
		}
		catch (OutOfMemoryError ex) {
			// There is no further thread
			task.run();
		}
	}

}
