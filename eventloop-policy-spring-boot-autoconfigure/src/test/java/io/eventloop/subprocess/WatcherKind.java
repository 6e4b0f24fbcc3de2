package io.eventloop.subprocess;

import java.util.function.Supplier;

import io.eventloop.ChildWatcher;
import io.eventloop.watcher.PidfdChildWatcher;
import io.eventloop.watcher.ThreadedChildWatcher;

/**
 * The watchers that all subprocess tests run with.
 */
enum WatcherKind {

	THREADED(ThreadedChildWatcher::new),

	PIDFD(PidfdChildWatcher::new);

	private final Supplier<ChildWatcher> factory;

	WatcherKind(Supplier<ChildWatcher> factory) {
		this.factory = factory;
	}

	ChildWatcher create() {
		return this.factory.get();
	}

}
