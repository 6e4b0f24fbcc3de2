package io.eventloop.netty;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Netty's I/O handler for a loop that runs by itself, in the thread that runs the loop.
 */
final class OwnDriver implements NettyDriver, ThreadAwareExecutor {

	private final IoHandler handler;

	private final OwnLoop loop;

	/**
	 * The thread that waits, {@code null} while none does.
	 */
	private volatile @Nullable Thread waiting;

	OwnDriver(NettyTransport transport) {
		transport.require();
		this.handler = transport.handlers().newHandler(this);
		this.loop = new OwnLoop(this.handler);
	}

	/**
	 * Return Netty's loop, which is the current thread's until another one runs or closes
	 * it.
	 */
	IoEventLoop loop() {
		if (this.waiting == null) {
			this.loop.own();
		}
		return this.loop;
	}

	@Override
	public IoRegistration register(IoHandle handle) throws Exception {
		return this.handler.register(handle);
	}

	@Override
	public void select(long timeoutNanos) {
		// An interrupted thread would never wait again
		boolean interrupted = Thread.interrupted();
		this.waiting = Thread.currentThread();
		try {
			this.loop.run(timeoutNanos);
		}
		finally {
			this.waiting = null;
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public void reported() {
	}

	@Override
	public void wakeup() {
		this.loop.wakeup();
	}

	@Override
	public void close() {
		this.loop.end();
	}

	/**
	 * While no thread waits, the thread that asks uses the loop by its rules.
	 */
	@Override
	public boolean isExecutorThread(Thread thread) {
		Thread current = this.waiting;
		return current == null || current == thread;
	}

	@Override
	public void execute(Runnable task) {
		if (this.waiting == null) {
			task.run();
		}
		else {
			this.loop.execute(task);
		}
	}

}
