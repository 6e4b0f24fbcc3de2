package io.eventloop.loop;

import java.util.function.Supplier;
import java.util.stream.Stream;

import io.eventloop.EventLoop;
import io.eventloop.netty.NettyEventLoop;
import io.eventloop.netty.NettyTransport;
import io.eventloop.selector.EpollSelector;
import io.eventloop.selector.NioSelector;
import io.eventloop.selector.PollSelector;

/**
 * The loops that all tests of what loops have in common run with.
 */
public enum LoopKind {

	EPOLL(true, () -> new SelectorEventLoop(new EpollSelector())),

	POLL(true, () -> new SelectorEventLoop(new PollSelector())),

	NIO(false, () -> new SelectorEventLoop(new NioSelector())),

	PROACTOR(false, ProactorEventLoop::new),

	NETTY_NIO(false, () -> new NettyEventLoop(NettyTransport.NIO)),

	NETTY_EPOLL(true, () -> new NettyEventLoop(NettyTransport.EPOLL)),

	NETTY_IO_URING(true, () -> new NettyEventLoop(NettyTransport.IO_URING));

	private final boolean descriptors;

	private final Supplier<EventLoop> factory;

	LoopKind(boolean descriptors, Supplier<EventLoop> factory) {
		this.descriptors = descriptors;
		this.factory = factory;
	}

	/**
	 * Return the loops that wait for raw descriptors.
	 */
	public static LoopKind[] overDescriptors() {
		return Stream.of(values()).filter((kind) -> kind.descriptors).toArray(LoopKind[]::new);
	}

	/**
	 * Return the loops that start children.
	 */
	public static LoopKind[] withChildren() {
		return Stream.of(values()).filter((kind) -> kind != NIO).toArray(LoopKind[]::new);
	}

	/**
	 * Return the loops that connect and listen.
	 */
	public static LoopKind[] withSockets() {
		return new LoopKind[] { NETTY_NIO, NETTY_EPOLL, NETTY_IO_URING };
	}

	/**
	 * Make a loop; the caller closes it.
	 */
	public EventLoop newLoop() {
		return this.factory.get();
	}

}
