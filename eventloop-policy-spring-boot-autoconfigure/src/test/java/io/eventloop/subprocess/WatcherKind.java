package io.eventloop.subprocess;

import java.util.function.Supplier;

import io.eventloop.ChildWatcher;
import io.eventloop.watcher.FastChildWatcher;
import io.eventloop.watcher.MultiLoopChildWatcher;
import io.eventloop.watcher.PidfdChildWatcher;
import io.eventloop.watcher.SafeChildWatcher;
import io.eventloop.watcher.ThreadedChildWatcher;

/**
 * The watchers that all subprocess tests run with.
 */
enum WatcherKind {

	THREADED(ThreadedChildWatcher::new),

	PIDFD(PidfdChildWatcher::new),

	MULTI_LOOP(MultiLoopChildWatcher::new),

	SAFE(SafeChildWatcher::new),

	FAST(FastChildWatcher::new);

	private final Supplier<ChildWatcher> factory;

	WatcherKind(Supplier<ChildWatcher> factory) {
		this.factory = factory;
	}

	ChildWatcher create() {
		return this.factory.get();
	}

}
