package io.eventloop.autoconfigure;

import java.util.List;

/**
 * The threads of main loops in this JVM.
 */
final class MainLoopThreads {

	private MainLoopThreads() {
	}

	static List<Thread> alive() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals(MainEventLoopThread.NAME))
			.toList();
	}

}
