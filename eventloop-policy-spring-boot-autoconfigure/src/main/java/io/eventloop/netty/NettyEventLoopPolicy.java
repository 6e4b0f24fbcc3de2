package io.eventloop.netty;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.LoopContext;
import io.eventloop.policy.ContextStrategy;
import io.eventloop.policy.DefaultEventLoopPolicy;
import io.eventloop.watcher.ThreadedChildWatcher;
import io.eventloop.watcher.WatcherChoice;
import io.netty.channel.IoEventLoop;
import org.jspecify.annotations.Nullable;

/**
 * A policy whose loops are Netty's. Each thread is a context, as in
 * {@link DefaultEventLoopPolicy}; if it shares, so is each Netty loop that runs already:
 * on its thread, {@link #getEventLoop()} returns its guest.
 * <p>
 * The child watcher is the policy's own, and cannot be replaced: it watches pidfds with
 * the handlers of the loops, or has a thread for each child where that cannot be.
 *
 * @since 0.1.0
 */
public class NettyEventLoopPolicy extends DefaultEventLoopPolicy implements AutoCloseable {

	private final NettyTransport transport;

	private final @Nullable NettyContexts shared;

	/**
	 * Create a policy that shares the Netty loops that run already, and whose own loops
	 * use {@link NettyTransport#auto()}.
	 */
	public NettyEventLoopPolicy() {
		this(NettyTransport.auto(), true);
	}

	/**
	 * Create a policy.
	 * @param transport what its own loops wait with
	 * @param share whether each Netty loop that runs already is a context
	 * @throws io.eventloop.UnsupportedPlatformException if the transport does not work
	 * here
	 */
	public NettyEventLoopPolicy(NettyTransport transport, boolean share) {
		this(transport, share, ContextStrategy.perThread());
	}

	/**
	 * Create a policy.
	 * @param transport what its own loops wait with
	 * @param share whether each Netty loop that runs already is a context
	 * @param contexts defines the other contexts
	 * @throws io.eventloop.UnsupportedPlatformException if the transport does not work
	 * here
	 */
	public NettyEventLoopPolicy(NettyTransport transport, boolean share, ContextStrategy contexts) {
		this(transport, share ? new NettyContexts(contexts) : null, contexts);
	}

	private NettyEventLoopPolicy(NettyTransport transport, @Nullable NettyContexts shared, ContextStrategy contexts) {
		super((shared != null) ? shared : contexts);
		Objects.requireNonNull(transport, "'transport' must not be null").require();
		this.transport = transport;
		this.shared = shared;
	}

	/**
	 * Return what its own loops wait with.
	 * @return the transport
	 */
	public NettyTransport transport() {
		return this.transport;
	}

	/**
	 * Return the guest of a Netty loop, created if there is none. From then on it is also
	 * the running loop of that thread. May be called from any thread.
	 * @param host the Netty loop
	 * @return the guest
	 * @throws IllegalStateException if this policy does not share loops, or is closed
	 */
	public NettyEventLoop share(IoEventLoop host) {
		if (this.shared == null) {
			throw new IllegalStateException(
					"This policy has loops of its own alone; set eventloop.netty.share=true, or create it with share=true");
		}
		return this.shared.share(host);
	}

	/**
	 * Set what is done with each guest before it is used, such as setting its limits.
	 * Applies to guests that are created from now on.
	 * @param customizer is given the guest
	 */
	public void setGuestCustomizer(Consumer<? super NettyEventLoop> customizer) {
		Objects.requireNonNull(customizer, "'customizer' must not be null");
		if (this.shared != null) {
			this.shared.setCustomizer(customizer);
		}
	}

	/**
	 * Return whether Netty loops that run already are contexts.
	 * @return whether it shares them
	 */
	public boolean isSharing() {
		return this.shared != null;
	}

	/**
	 * Return the guests that there are. May be called from any thread.
	 * @return a snapshot
	 */
	public List<NettyEventLoop> guests() {
		return (this.shared != null) ? this.shared.loops() : List.of();
	}

	/**
	 * Detach all guests from their loops, which go on. A loop that is asked for later
	 * gets another guest. Blocks until it is done.
	 */
	public void detachGuests() {
		if (this.shared != null) {
			this.shared.detachAll();
		}
	}

	@Override
	protected EventLoop createEventLoop() {
		return new NettyEventLoop(this.transport);
	}

	@Override
	protected ChildWatcher newChildWatcher() {
		return (this.transport == NettyTransport.NIO) ? new ThreadedChildWatcher() : WatcherChoice.auto().watcher();
	}

	/**
	 * Refuse another watcher.
	 * @param newWatcher the policy's own, or {@code null} to create it anew
	 * @throws UnsupportedOperationException if it is another one
	 */
	@Override
	public void setChildWatcher(@Nullable ChildWatcher newWatcher) {
		if (newWatcher != null && newWatcher != getChildWatcher()) {
			throw new UnsupportedOperationException(
					"%s watches children with the handlers of its loops, not with %s; leave its own watcher, or choose another policy"
						.formatted(getClass().getSimpleName(), newWatcher.name()));
		}
		super.setChildWatcher(newWatcher);
	}

	@Override
	public List<LoopContext> contexts() {
		NettyContexts guests = this.shared;
		return (guests == null) ? super.contexts()
				: Stream.concat(super.contexts().stream(), guests.contexts().stream()).distinct().toList();
	}

	/**
	 * Detach all guests from their loops, which go on, and share no more. Loops of its
	 * own are left to those who have created them. A second call does nothing.
	 */
	@Override
	public void close() {
		if (this.shared != null) {
			this.shared.close();
		}
	}

}
