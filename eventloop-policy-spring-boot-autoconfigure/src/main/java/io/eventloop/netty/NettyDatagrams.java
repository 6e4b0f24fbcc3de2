package io.eventloop.netty;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.eventloop.DatagramProtocol;
import io.eventloop.DatagramTransport;
import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.pipe.WriteFlow;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A datagram endpoint over one of Netty's channels. The protocol is called in passes of
 * the loop. Belongs to the loop's thread.
 */
final class NettyDatagrams extends ChannelInboundHandlerAdapter implements DatagramTransport, Endpoint {

	private static final Logger logger = LoggerFactory.getLogger(NettyDatagrams.class);

	private final EventLoop loop;

	private final Channel channel;

	private final DatagramProtocol protocol;

	private final InetSocketAddress localAddress;

	private final @Nullable InetSocketAddress remoteAddress;

	private final Consumer<Endpoint> ending;

	private final WriteFlow flow = new WriteFlow();

	private final Queue<Runnable> events = new ArrayDeque<>();

	private final RepeatableCallback telling = this::tell;

	private boolean posted;

	private int sending;

	private boolean closing;

	private boolean lost;

	private @Nullable Throwable failure;

	/**
	 * Take over a channel that is bound and does not read yet.
	 * @param ending told once, after the protocol was told of the end
	 */
	NettyDatagrams(EventLoop loop, Channel channel, DatagramProtocol protocol, Consumer<Endpoint> ending) {
		this.loop = loop;
		this.channel = channel;
		this.protocol = protocol;
		this.ending = ending;
		this.localAddress = (InetSocketAddress) channel.localAddress();
		this.remoteAddress = (InetSocketAddress) channel.remoteAddress();
	}

	void begin() {
		this.channel.pipeline().addLast(this);
		call("connectionMade", () -> this.protocol.connectionMade(this));
		if (!this.closing) {
			this.channel.config().setAutoRead(true);
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		DatagramPacket packet = (DatagramPacket) message;
		try {
			byte[] data = ByteBufUtil.getBytes(packet.content());
			InetSocketAddress sender = packet.sender();
			post(() -> call("datagramReceived", () -> this.protocol.datagramReceived(data, sender)));
		}
		finally {
			packet.release();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		failed(cause);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		lose();
	}

	private void post(Runnable event) {
		this.events.add(event);
		if (!this.posted) {
			try {
				this.loop.callSoon(this.telling);
				this.posted = true;
			}
			catch (IllegalStateException ex) {
				logger.trace("{} is closed with its loop", this, ex);
			}
		}
	}

	private void tell() {
		this.posted = false;
		for (Runnable event = this.events.poll(); event != null; event = this.events.poll()) {
			event.run();
		}
	}

	private void call(String method, Runnable call) {
		if (this.lost) {
			return;
		}
		try {
			call.run();
		}
		catch (RuntimeException ex) {
			this.loop.callExceptionHandler(new ExceptionContext("A protocol's %s() has failed".formatted(method), ex,
					new TreeMap<>(Map.of("transport", this, "protocol", this.protocol))));
		}
	}

	/**
	 * The system's errors are told, and others end the endpoint.
	 */
	private void failed(Throwable cause) {
		if (this.closing) {
			return;
		}
		if (cause instanceof IOException) {
			post(() -> call("errorReceived", () -> this.protocol.errorReceived(cause)));
			return;
		}
		this.failure = cause;
		abort();
	}

	@Override
	public void sendTo(byte[] data) {
		InetSocketAddress receiver = this.remoteAddress;
		if (receiver == null) {
			throw new IllegalStateException("%s was created for no address; say where to send to".formatted(this));
		}
		send(data, receiver);
	}

	@Override
	public void sendTo(byte[] data, InetSocketAddress address) {
		if (address.isUnresolved()) {
			throw new IllegalArgumentException("%s is not resolved; look it up before".formatted(address));
		}
		if (this.remoteAddress != null && !this.remoteAddress.equals(address)) {
			throw new IllegalArgumentException(
					"%s sends to %s alone, not to %s".formatted(this, this.remoteAddress, address));
		}
		send(data, address);
	}

	private void send(byte[] data, InetSocketAddress receiver) {
		if (this.closing || data.length == 0) {
			return;
		}
		ByteBuf content = this.channel.alloc().ioBuffer(data.length).writeBytes(data);
		this.sending += data.length;
		this.channel.writeAndFlush((this.remoteAddress != null) ? content : new DatagramPacket(content, receiver))
			.addListener((result) -> sent(data.length, result.cause()));
		if (this.flow.pausesAt(this.sending)) {
			call("pauseWriting", this.protocol::pauseWriting);
		}
	}

	private void sent(int size, @Nullable Throwable cause) {
		this.sending -= size;
		if (cause != null) {
			failed(cause);
		}
		if (!this.closing && this.flow.resumesAt(this.sending)) {
			call("resumeWriting", this.protocol::resumeWriting);
		}
		if (this.closing && this.sending == 0) {
			closeChannel();
		}
	}

	@Override
	public void close() {
		if (!this.closing) {
			this.closing = true;
			this.events.clear();
			this.channel.config().setAutoRead(false);
			if (this.sending == 0) {
				closeChannel();
			}
		}
	}

	@Override
	public void abort() {
		this.closing = true;
		this.events.clear();
		closeChannel();
	}

	private void closeChannel() {
		this.channel.close();
		lose();
	}

	/**
	 * Tell the protocol in the next pass that it is over.
	 */
	private void lose() {
		this.closing = true;
		post(this::tellLost);
	}

	private void tellLost() {
		if (!this.lost) {
			call("connectionLost", () -> this.protocol.connectionLost(this.failure));
			this.lost = true;
			this.ending.accept(this);
		}
	}

	@Override
	public void loopClosed(IllegalStateException reason) {
		if (!this.lost) {
			this.closing = true;
			this.failure = reason;
			this.channel.close();
			tellLost();
		}
	}

	@Override
	public boolean isClosing() {
		return this.closing;
	}

	@Override
	public int getWriteBufferSize() {
		return this.sending;
	}

	@Override
	public void setWriteBufferLimits(int high, int low) {
		this.flow.limits(high, low);
		if (this.flow.pausesAt(this.sending)) {
			call("pauseWriting", this.protocol::pauseWriting);
		}
	}

	@Override
	public InetSocketAddress localAddress() {
		return this.localAddress;
	}

	@Override
	public @Nullable InetSocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	@Override
	public String toString() {
		return "DatagramTransport[%s → %s]".formatted(this.localAddress,
				(this.remoteAddress != null) ? this.remoteAddress : "anywhere");
	}

}
