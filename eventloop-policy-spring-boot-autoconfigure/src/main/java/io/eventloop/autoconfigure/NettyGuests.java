package io.eventloop.autoconfigure;

import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.netty.NettyEventLoopPolicy;
import io.netty.channel.IoEventLoop;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Ends the children on the loops of a server, and detaches from them, after the server
 * has stopped and before Reactor Netty ends its loops, which it does in phase 0.
 */
final class NettyGuests implements SmartLifecycle {

	private static final int BEFORE_RESOURCES = 1;

	private final @Nullable NettyEventLoopPolicy policy;

	private final EventLoopService service;

	private volatile boolean running;

	NettyGuests(EventLoopPolicy policy, EventLoopService service) {
		this.policy = (policy instanceof NettyEventLoopPolicy netty && netty.isSharing()) ? netty : null;
		this.service = service;
	}

	void customize(Consumer<? super EventLoop> customizer) {
		if (this.policy != null) {
			this.policy.setGuestCustomizer(customizer);
		}
	}

	/**
	 * Make a loop of the server a context.
	 */
	void share(io.netty.channel.EventLoop host) {
		if (this.policy != null && host instanceof IoEventLoop loop) {
			this.policy.share(loop);
		}
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		NettyEventLoopPolicy sharing = this.policy;
		if (sharing == null) {
			return;
		}
		try {
			this.service.endChildrenOf(sharing.guests());
		}
		finally {
			sharing.detachGuests();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return BEFORE_RESOURCES;
	}

}
