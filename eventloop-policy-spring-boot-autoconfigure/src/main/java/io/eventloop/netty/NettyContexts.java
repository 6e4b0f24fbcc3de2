package io.eventloop.netty;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.eventloop.LoopContext;
import io.eventloop.policy.ContextStrategy;
import io.eventloop.policy.LoopSlot;
import io.netty.channel.IoEventLoop;
import io.netty.util.internal.ThreadExecutorMap;
import org.jspecify.annotations.Nullable;

/**
 * Contexts in which each Netty loop that runs has its guest, created when it is first
 * asked for on that loop's thread; other threads belong to the contexts of another
 * strategy.
 */
final class NettyContexts implements ContextStrategy {

	private final ContextStrategy others;

	private final Map<IoEventLoop, Guest> guests = new ConcurrentHashMap<>();

	private volatile Consumer<? super NettyEventLoop> customizer = (guest) -> {
	};

	private volatile boolean closed;

	NettyContexts(ContextStrategy others) {
		this.others = Objects.requireNonNull(others, "'contexts' must not be null");
	}

	void setCustomizer(Consumer<? super NettyEventLoop> customizer) {
		this.customizer = customizer;
	}

	@Override
	public LoopSlot current() {
		IoEventLoop host = currentHost();
		return (host != null) ? guest(host).slot() : this.others.current();
	}

	@Override
	public boolean isMainContext(boolean mainThread) {
		return currentHost() == null && this.others.isMainContext(mainThread);
	}

	private @Nullable IoEventLoop currentHost() {
		return (ThreadExecutorMap.currentExecutor() instanceof IoEventLoop loop && !(loop instanceof OwnLoop)
				&& !this.closed) ? loop : null;
	}

	/**
	 * Return the guest of a Netty loop, created if there is none.
	 * @throws IllegalStateException if the policy is closed
	 */
	NettyEventLoop share(IoEventLoop host) {
		if (this.closed) {
			throw new IllegalStateException("The policy is closed and shares no more loops; create another policy");
		}
		return guest(host).loop();
	}

	private Guest guest(IoEventLoop host) {
		Guest known = this.guests.get(host);
		return (known != null) ? known : this.guests.computeIfAbsent(host, this::newGuest);
	}

	private Guest newGuest(IoEventLoop host) {
		NettyEventLoop loop = NettyEventLoop.share(host);
		this.customizer.accept(loop);
		loop.addCloseListener(() -> this.guests.remove(host));
		String name = host.inEventLoop() ? Thread.currentThread().getName()
				: "netty-%x".formatted(System.identityHashCode(host));
		return new Guest(name, loop, LoopSlot.holding(name, loop));
	}

	List<NettyEventLoop> loops() {
		return this.guests.values().stream().map(Guest::loop).toList();
	}

	List<LoopContext> contexts() {
		return this.guests.values().stream().map(Guest::context).toList();
	}

	void detachAll() {
		loops().forEach(NettyEventLoop::detach);
	}

	void close() {
		this.closed = true;
		detachAll();
	}

	private record Guest(String name, NettyEventLoop loop, LoopSlot slot) {

		LoopContext context() {
			return new LoopContext(this.name, this.loop);
		}

	}

}
