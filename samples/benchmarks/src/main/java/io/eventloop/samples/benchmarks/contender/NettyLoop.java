package io.eventloop.samples.benchmarks.contender;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;

/**
 * Netty's loop.
 */
final class NettyLoop implements LoopProgram<Future<?>> {

	private final EventLoop loop;

	NettyLoop(IoHandlerFactory transport) {
		this.loop = new MultiThreadIoEventLoopGroup(1, transport).next();
	}

	@Override
	public void execute(Runnable callback) {
		this.loop.execute(callback);
	}

	@Override
	public void callSoon(Runnable callback) {
		this.loop.execute(callback);
	}

	@Override
	public Future<?> schedule(Runnable callback, long delayNanos) {
		return this.loop.schedule(callback, delayNanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void cancel(Future<?> timer) {
		timer.cancel(false);
	}

}
