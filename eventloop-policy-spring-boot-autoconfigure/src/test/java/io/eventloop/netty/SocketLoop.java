package io.eventloop.netty;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Loops with sockets, for tests: each transport, as a loop of its own that runs in a
 * thread, and as a guest.
 */
enum SocketLoop {

	NIO(NettyTransport.NIO, false),

	EPOLL(NettyTransport.EPOLL, false),

	IO_URING(NettyTransport.IO_URING, false),

	NIO_GUEST(NettyTransport.NIO, true),

	EPOLL_GUEST(NettyTransport.EPOLL, true),

	IO_URING_GUEST(NettyTransport.IO_URING, true);

	private final NettyTransport transport;

	private final boolean guest;

	SocketLoop(NettyTransport transport, boolean guest) {
		this.transport = transport;
		this.guest = guest;
	}

	boolean hasUnixSockets() {
		return this.transport == NettyTransport.EPOLL;
	}

	Running start() throws Exception {
		if (this.guest) {
			return new Running(NettyHost.newGuest(this.transport), null);
		}
		NettyEventLoop loop = new NettyEventLoop(this.transport);
		CompletableFuture<Void> running = new CompletableFuture<>();
		loop.callSoon(() -> running.complete(null));
		Thread thread = new Thread(loop::runForever, "sockets-under-test");
		thread.start();
		running.get(20, TimeUnit.SECONDS);
		return new Running(loop, thread);
	}

	/**
	 * A loop that runs.
	 *
	 * @param thread whose only work it is, {@code null} for a guest
	 */
	record Running(NettyEventLoop loop, Thread thread) implements AutoCloseable {

		@Override
		public void close() throws InterruptedException {
			if (this.thread == null) {
				NettyHost.end(this.loop);
				return;
			}
			if (!this.loop.isClosed()) {
				this.loop.callSoonThreadsafe(() -> {
					this.loop.stop();
					this.loop.callSoon(() -> {
					});
				});
				this.thread.join(20_000);
				this.loop.close();
			}
		}

	}

}
