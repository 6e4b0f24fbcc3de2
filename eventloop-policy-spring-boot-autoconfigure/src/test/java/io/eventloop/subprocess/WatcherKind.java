package io.eventloop.subprocess;

import java.util.function.Supplier;

import io.eventloop.ChildWatcher;
import io.eventloop.selector.EpollSelector;
import io.eventloop.selector.PollSelector;
import io.eventloop.selector.Selector;
import io.eventloop.watcher.FastChildWatcher;
import io.eventloop.watcher.MultiLoopChildWatcher;
import io.eventloop.watcher.PidfdChildWatcher;
import io.eventloop.watcher.SafeChildWatcher;
import io.eventloop.watcher.ThreadedChildWatcher;

/**
 * The watchers that all subprocess tests run with, on a loop over epoll, and two of them
 * over poll too.
 */
enum WatcherKind {

	THREADED(ThreadedChildWatcher::new),

	THREADED_OVER_POLL(ThreadedChildWatcher::new),

	PIDFD(PidfdChildWatcher::new),

	PIDFD_OVER_POLL(PidfdChildWatcher::new),

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

	Selector openSelector() {
		return name().endsWith("_OVER_POLL") ? new PollSelector() : new EpollSelector();
	}

}
