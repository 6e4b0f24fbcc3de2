package io.eventloop.subprocess;

import java.util.function.Supplier;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.loop.ProactorEventLoop;
import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.netty.NettyEventLoop;
import io.eventloop.netty.NettyTransport;
import io.eventloop.selector.EpollSelector;
import io.eventloop.selector.PollSelector;
import io.eventloop.selector.Selector;
import io.eventloop.watcher.FastChildWatcher;
import io.eventloop.watcher.IoUringChildWatcher;
import io.eventloop.watcher.MultiLoopChildWatcher;
import io.eventloop.watcher.PidfdChildWatcher;
import io.eventloop.watcher.SafeChildWatcher;
import io.eventloop.watcher.ThreadedChildWatcher;

/**
 * How exits are noticed in the subprocess tests: by one of the watchers on a loop over
 * epoll, by two of them over poll and on Netty's loops too, or without.
 */
public enum WatcherKind {

	THREADED(ThreadedChildWatcher::new),

	THREADED_OVER_POLL(ThreadedChildWatcher::new),

	PIDFD(PidfdChildWatcher::new),

	PIDFD_OVER_POLL(PidfdChildWatcher::new),

	IO_URING(IoUringChildWatcher::new),

	MULTI_LOOP(MultiLoopChildWatcher::new),

	SAFE(SafeChildWatcher::new),

	FAST(FastChildWatcher::new),

	NETTY_NIO(ThreadedChildWatcher::new),

	NETTY_EPOLL(PidfdChildWatcher::new),

	/**
	 * No watcher: the JDK tells a {@link ProactorEventLoop}.
	 */
	NONE(() -> null);

	private final Supplier<ChildWatcher> factory;

	WatcherKind(Supplier<ChildWatcher> factory) {
		this.factory = factory;
	}

	ChildWatcher create() {
		return this.factory.get();
	}

	public EventLoop newLoop() {
		return switch (this) {
			case NONE -> new ProactorEventLoop();
			case NETTY_NIO -> new NettyEventLoop(NettyTransport.NIO);
			case NETTY_EPOLL -> new NettyEventLoop(NettyTransport.EPOLL);
			default -> new SelectorEventLoop(openSelector());
		};
	}

	private Selector openSelector() {
		return name().endsWith("_OVER_POLL") ? new PollSelector() : new EpollSelector();
	}

	/**
	 * Return the code of a child that a signal has killed.
	 */
	int killedBy(int signal) {
		return (this == NONE) ? 128 + signal : -signal;
	}

}
