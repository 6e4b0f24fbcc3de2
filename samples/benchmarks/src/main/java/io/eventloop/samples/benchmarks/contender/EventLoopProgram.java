package io.eventloop.samples.benchmarks.contender;

import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;

import io.eventloop.EventLoop;
import io.eventloop.TimerHandle;
import io.eventloop.loop.ProactorEventLoop;
import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.netty.NettyEventLoop;
import io.eventloop.netty.NettyTransport;
import io.eventloop.selector.EpollSelector;
import io.eventloop.selector.NioSelector;
import io.eventloop.selector.PollSelector;

/**
 * This project's loop.
 */
final class EventLoopProgram implements LoopProgram<TimerHandle> {

	/**
	 * Loops by the name of their selector, or by their own name if they have none.
	 */
	static final Map<String, Supplier<EventLoop>> SELECTORS = Map.of("epoll",
			() -> new SelectorEventLoop(new EpollSelector()), "poll", () -> new SelectorEventLoop(new PollSelector()),
			"nio", () -> new SelectorEventLoop(new NioSelector()), "proactor", ProactorEventLoop::new, "netty-nio",
			() -> new NettyEventLoop(NettyTransport.NIO), "netty-epoll", () -> new NettyEventLoop(NettyTransport.EPOLL),
			"netty-io-uring", () -> new NettyEventLoop(NettyTransport.IO_URING));

	private final EventLoop loop;

	EventLoopProgram(String selector) {
		this.loop = choose("selector", SELECTORS, selector);
		Thread thread = new Thread(this.loop::runForever, "loop");
		thread.setDaemon(true);
		thread.start();
	}

	static <T> T choose(String what, Map<String, Supplier<T>> choices, String name) {
		Supplier<T> choice = choices.get(name);
		if (choice == null) {
			throw new IllegalArgumentException(
					"There is no %s '%s'; use one of %s".formatted(what, name, new TreeSet<>(choices.keySet())));
		}
		return choice.get();
	}

	@Override
	public void execute(Runnable callback) {
		this.loop.callSoonThreadsafe(callback);
	}

	@Override
	public void callSoon(Runnable callback) {
		this.loop.callSoon(callback);
	}

	@Override
	public TimerHandle schedule(Runnable callback, long delayNanos) {
		return this.loop.callLater(Duration.ofNanos(delayNanos), callback);
	}

	@Override
	public void cancel(TimerHandle timer) {
		timer.cancel();
	}

}
