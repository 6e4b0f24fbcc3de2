package io.eventloop.loop;

import java.util.function.Supplier;

import io.eventloop.EventLoop;
import io.eventloop.selector.EpollSelector;
import io.eventloop.selector.NioSelector;
import io.eventloop.selector.PollSelector;

/**
 * The loops that all tests of what loops have in common run with.
 */
public enum LoopKind {

	EPOLL(() -> new SelectorEventLoop(new EpollSelector())),

	POLL(() -> new SelectorEventLoop(new PollSelector())),

	NIO(() -> new SelectorEventLoop(new NioSelector())),

	PROACTOR(ProactorEventLoop::new);

	private final Supplier<EventLoop> factory;

	LoopKind(Supplier<EventLoop> factory) {
		this.factory = factory;
	}

	/**
	 * Make a loop; the caller closes it.
	 */
	public EventLoop newLoop() {
		return this.factory.get();
	}

}
