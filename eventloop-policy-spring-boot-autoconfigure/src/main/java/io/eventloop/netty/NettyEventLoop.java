package io.eventloop.netty;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.eventloop.ConnectionSpec;
import io.eventloop.LoopFuture;
import io.eventloop.Protocol;
import io.eventloop.Server;
import io.eventloop.ServerSpec;
import io.eventloop.SocketConnection;
import io.eventloop.StreamConnection;
import io.eventloop.StreamHandler;
import io.eventloop.loop.LoopHost;
import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.selector.Selector;
import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event loop over one of Netty's. There are two kinds:
 * <ul>
 * <li>A loop of its own, created by {@link #NettyEventLoop(NettyTransport)}, runs in the
 * thread that calls {@link #runForever()} or {@link #runUntilComplete}. Netty's handler
 * waits for it.
 * <li>A guest, created by {@link #share(IoEventLoop)}, runs on the thread of a Netty loop
 * that runs already, between what that does. So a request, the child that serves it, and
 * the response are on one thread. It runs for as long as its host does: it cannot be run,
 * stopped or closed, but {@linkplain #detach() detached}.
 * </ul>
 * Over epoll and io_uring it waits for raw descriptors, pipes and pidfds with Netty's own
 * handler, without another epoll, ring or thread. Over NIO it waits for channels, and
 * threads wait for children and their pipes.
 * <p>
 * Between the callbacks of one turn, a guest does not let its host wait for more than 50
 * µs, unless a callback takes longer.
 *
 * @since 0.1.0
 */
public final class NettyEventLoop extends SelectorEventLoop {

	private static final Logger logger = LoggerFactory.getLogger(NettyEventLoop.class);

	private static final Duration DETACH_LIMIT = Duration.ofSeconds(10);

	private final NettyTransport transport;

	private final @Nullable OwnDriver own;

	private final @Nullable IoEventLoop host;

	private final Object socketsLock = new Object();

	private @Nullable NettySockets sockets;

	private final FutureListener<Object> hostEnded = (end) -> detachNow();

	/**
	 * Create a loop of its own over {@link NettyTransport#auto()}.
	 */
	public NettyEventLoop() {
		this(NettyTransport.auto());
	}

	/**
	 * Create a loop of its own.
	 * @param transport what it waits with
	 * @throws io.eventloop.UnsupportedPlatformException if that does not work here
	 */
	public NettyEventLoop(NettyTransport transport) {
		this(transport, new OwnDriver(Objects.requireNonNull(transport, "'transport' must not be null")));
	}

	private NettyEventLoop(NettyTransport transport, OwnDriver driver) {
		super(selector(transport, driver), (LoopHost) null);
		this.transport = transport;
		this.own = driver;
		this.host = null;
	}

	private NettyEventLoop(NettyTransport transport, GuestDriver driver, IoEventLoop host) {
		super(selector(transport, driver), driver);
		this.transport = transport;
		this.own = null;
		this.host = host;
	}

	private static Selector selector(NettyTransport transport, NettyDriver driver) {
		return switch (transport) {
			case NIO -> new NettyChannels(driver);
			case EPOLL -> new NettyDescriptors(driver, EpollWatch::new);
			case IO_URING -> new NettyDescriptors(driver, IoUringWatch::new);
		};
	}

	/**
	 * Create a guest of a Netty loop. It begins to run on the loop's thread at once. May
	 * be called from any thread.
	 * @param host the loop, over one of Netty's own handlers
	 * @return the guest
	 * @throws IllegalArgumentException if the host's handler is none of NIO's, epoll's
	 * and io_uring's
	 */
	public static NettyEventLoop share(IoEventLoop host) {
		NettyEventLoop loop = new NettyEventLoop(NettyTransport.of(host), new GuestDriver(host), host);
		loop.joinHost();
		host.terminationFuture().addListener(loop.hostEnded);
		return loop;
	}

	/**
	 * Return what it waits with.
	 * @return the transport, which is never automatic
	 */
	public NettyTransport transport() {
		return this.transport;
	}

	/**
	 * Return whether it is the guest of a Netty loop.
	 * @return whether it shares its thread
	 */
	public boolean isShared() {
		return this.host != null;
	}

	/**
	 * Return Netty's loop, to register channels with. Of a loop of its own, it is the
	 * calling thread's until another one runs or closes this loop, and shutting it down
	 * is refused: it ends with this loop, and its channels with it.
	 * @return the host of a guest; otherwise the loop that this one runs
	 */
	public IoEventLoop ioEventLoop() {
		return (this.host != null) ? this.host : Objects.requireNonNull(this.own).loop();
	}

	@Override
	public <P extends Protocol> LoopFuture<SocketConnection<P>> createConnection(Supplier<P> protocolFactory,
			ConnectionSpec spec) {
		return sockets().connect(protocolFactory, spec, (made) -> made);
	}

	@Override
	public LoopFuture<StreamConnection> openConnection(ConnectionSpec spec) {
		return sockets().connect(() -> new StreamsOfSocket(this, spec.limit(), null), spec,
				(made) -> made.protocol().connection());
	}

	@Override
	public LoopFuture<Server> createServer(Supplier<? extends Protocol> protocolFactory, ServerSpec spec) {
		return sockets().serve(protocolFactory, spec);
	}

	@Override
	public LoopFuture<Server> startServer(StreamHandler handler, ServerSpec spec) {
		return createServer(() -> new StreamsOfSocket(this, spec.limit(), handler), spec);
	}

	private NettySockets sockets() {
		synchronized (this.socketsLock) {
			NettySockets known = this.sockets;
			if (known == null) {
				known = new NettySockets(this);
				this.sockets = known;
				addCloseListener(known::close);
			}
			return known;
		}
	}

	/**
	 * End a guest, and leave its host as it is: children are killed and reaped, and what
	 * waits for them fails. Blocks until that is done on the host's thread, but for ten
	 * seconds at most. May be called from any thread; a second call does nothing. A loop
	 * of its own is closed.
	 */
	public void detach() {
		IoEventLoop shared = this.host;
		if (shared == null) {
			close();
		}
		else if (!isClosed()) {
			shared.terminationFuture().removeListener(this.hostEnded);
			detachFrom(shared);
			awaitSocketsClosed(shared);
		}
	}

	private void awaitSocketsClosed(IoEventLoop shared) {
		NettySockets known;
		synchronized (this.socketsLock) {
			known = this.sockets;
		}
		if (known != null && !shared.inEventLoop() && !shared.isShutdown()) {
			known.awaitClosed(DETACH_LIMIT.toNanos());
		}
	}

	private void detachFrom(IoEventLoop shared) {
		if (shared.inEventLoop()) {
			detachNow();
			return;
		}
		try {
			Future<?> detached = shared.submit(this::detachNow);
			if (!detached.awaitUninterruptibly(DETACH_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
				logger.warn("{} was not detached within {} seconds, because the thread of {} is busy", this,
						DETACH_LIMIT.toSeconds(), shared);
			}
		}
		catch (RejectedExecutionException ex) {
			shared.terminationFuture().awaitUninterruptibly(DETACH_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
			detachNow();
		}
	}

	private void detachNow() {
		leaveHost();
		close("%s was detached from its Netty loop, or that has ended; use another loop".formatted(this));
	}

}
