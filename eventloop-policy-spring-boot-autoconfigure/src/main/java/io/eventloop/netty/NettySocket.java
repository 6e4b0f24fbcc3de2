package io.eventloop.netty;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.net.ssl.SSLSession;

import io.eventloop.EventLoop;
import io.eventloop.Protocol;
import io.eventloop.SocketTransport;
import io.eventloop.TlsSpec;
import io.eventloop.memory.RepeatableCallback;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection over one of Netty's channels. <pre>
 * made ──close, abort, error──▶ closing ──channel closed, next pass──▶ lost: protocol told
 * </pre> The protocol is called in passes of the loop, never from within a call of
 * Netty's. Belongs to the loop's thread.
 */
final class NettySocket implements SocketTransport, Endpoint {

	private static final Logger logger = LoggerFactory.getLogger(NettySocket.class);

	private final EventLoop loop;

	private final Channel channel;

	private final ProtocolCalls calls;

	private @Nullable Tls tls;

	private final SocketInput input = new SocketInput(this);

	private final SocketOutput output;

	private final SocketAddress localAddress;

	private final SocketAddress remoteAddress;

	private final Consumer<Endpoint> ending;

	private final ChannelReading reading;

	private volatile boolean closing;

	private boolean eofWritten;

	/**
	 * It was broken or aborted: what is buffered is dropped.
	 */
	private boolean cut;

	private boolean lost;

	private @Nullable Throwable failure;

	/**
	 * Take over a channel that is connected and does not read yet.
	 * @param ending told once, after the protocol was told of the end
	 */
	NettySocket(EventLoop loop, Channel channel, SocketChannels channels, Protocol protocol, @Nullable Tls tls,
			Consumer<Endpoint> ending) {
		this.loop = loop;
		this.channel = channel;
		this.calls = new ProtocolCalls(loop, this, protocol);
		this.tls = tls;
		this.reading = new ChannelReading(channel, channels.forgetful());
		this.output = new SocketOutput(channel, this);
		this.localAddress = channels.fromNetty(channel.localAddress());
		this.remoteAddress = channels.fromNetty(channel.remoteAddress());
		this.ending = ending;
	}

	/**
	 * Tell the protocol, and begin to read.
	 */
	void begin() {
		boolean early = SocketEvents.of(this.channel).bringTo(this);
		this.calls.made();
		if (!isReading()) {
			this.reading.pause();
		}
		else if (early && this.tls == null) {
			this.reading.resume();
		}
		else {
			this.reading.begin();
		}
	}

	/**
	 * Run in a pass of the loop.
	 * @return whether there will be one
	 */
	boolean post(RepeatableCallback callback) {
		try {
			this.loop.callSoon(callback);
			return true;
		}
		catch (IllegalStateException ex) {
			logger.trace("{} is closed with its loop", this, ex);
			return false;
		}
	}

	void received(byte[] data) {
		if (!this.closing) {
			this.input.received(data);
		}
	}

	void ended() {
		if (!this.closing) {
			this.input.ended();
		}
	}

	void closed() {
		this.input.gone();
	}

	/**
	 * An error has broken the connection. What was received before is still told, unless
	 * reading is paused.
	 */
	void failed(Throwable cause) {
		if (this.lost || this.cut) {
			return;
		}
		if (!(cause instanceof IOException)) {
			this.calls.report("A connection has failed", cause);
		}
		else if (this.loop.isDebug()) {
			logger.debug("{} has failed", this, cause);
		}
		if (this.input.isPaused()) {
			this.input.drop();
		}
		end(cause);
	}

	void tellData(byte[] data) {
		Throwable failure = this.calls.data(data);
		if (failure != null) {
			fail(failure);
		}
	}

	void tellEnd() {
		if (this.closing) {
			return;
		}
		try {
			boolean open = this.calls.end();
			if (open && this.tls == null) {
				return;
			}
			if (open) {
				logger.warn("eofReceived() of {}, which is encrypted, returned true; it ends in both directions", this);
			}
			close();
		}
		catch (RuntimeException ex) {
			fail(ex);
		}
	}

	void tellPaused() {
		this.calls.paused();
	}

	void tellResumed() {
		this.calls.resumed();
	}

	private void fail(Throwable error) {
		this.input.drop();
		end(error);
	}

	boolean isCut() {
		return this.cut;
	}

	/**
	 * All that was written was sent.
	 */
	void drained() {
		if (this.closing) {
			closeChannel();
		}
		else if (this.eofWritten && this.channel instanceof DuplexChannel duplex) {
			duplex.shutdownOutput();
		}
	}

	/**
	 * Tell the protocol that it is over. Only the first call counts.
	 */
	void lose() {
		this.closing = true;
		if (this.lost) {
			return;
		}
		this.lost = true;
		this.output.clear();
		try {
			this.calls.lost(this.failure);
		}
		finally {
			this.ending.accept(this);
		}
	}

	/**
	 * The loop is closed, and this with it.
	 */
	@Override
	public void loopClosed(IllegalStateException reason) {
		if (!this.lost) {
			this.failure = reason;
			this.channel.close();
			lose();
		}
	}

	@Override
	public void write(byte[] data) {
		if (this.eofWritten) {
			throw new IllegalStateException("Cannot write after writeEof(); write before it");
		}
		if (this.closing) {
			this.output.lose();
		}
		else if (data.length > 0) {
			this.output.write(data);
		}
	}

	@Override
	public boolean canWriteEof() {
		return this.tls == null;
	}

	@Override
	public void writeEof() {
		if (this.tls != null) {
			throw new UnsupportedOperationException(
					"TLS ends in both directions at once; say in the data what the end is, and close() afterwards");
		}
		if (!this.closing && !this.eofWritten) {
			this.eofWritten = true;
			finishOutput();
		}
	}

	@Override
	public void close() {
		if (!this.closing) {
			this.closing = true;
			this.reading.pause();
			this.input.drop();
			finishOutput();
		}
	}

	private void finishOutput() {
		if (this.output.size() == 0) {
			drained();
		}
	}

	@Override
	public void abort() {
		this.input.drop();
		end(null);
	}

	private void end(@Nullable Throwable reason) {
		if (this.lost || this.cut) {
			return;
		}
		this.closing = true;
		this.cut = true;
		this.failure = reason;
		this.output.clear();
		if (this.tls != null) {
			this.tls.cut(this.channel);
			closed();
		}
		else {
			closeChannel();
		}
	}

	EventLoop loop() {
		return this.loop;
	}

	Protocol protocol() {
		return this.calls.protocol();
	}

	/**
	 * Encrypt from now on.
	 * @param received what the streams have received of what is encrypted
	 * @return completes after the handshake
	 */
	CompletableFuture<Channel> startTls(Protocol next, List<byte[]> received, TlsSpec spec) {
		if (this.closing || this.eofWritten || this.tls != null) {
			throw new IllegalStateException("%s is %s; start TLS once, on an open connection".formatted(this,
					(this.tls != null) ? "encrypted already" : "closed, or its end is written"));
		}
		Tls starting = Tls.of(spec, this.remoteAddress);
		this.output.sendAll();
		this.tls = starting;
		this.calls.goOnWith(next);
		List<byte[]> held = this.input.takeBack();
		CompletableFuture<Channel> handshake = starting.start(this.channel);
		Stream.concat(received.stream(), held.stream())
			.forEach((data) -> this.channel.pipeline().fireChannelRead(Unpooled.wrappedBuffer(data)));
		this.channel.pipeline().fireChannelReadComplete();
		return handshake;
	}

	/** Has the protocol told in the next pass, however long the transport takes. */
	private void closeChannel() {
		this.channel.close();
		closed();
	}

	@Override
	public boolean isClosing() {
		return this.closing;
	}

	@Override
	public void pauseReading() {
		if (isReading()) {
			this.input.pause();
			this.reading.pause();
		}
	}

	@Override
	public void resumeReading() {
		if (this.input.isPaused() && !this.closing) {
			this.input.resume();
			this.reading.resume();
		}
	}

	@Override
	public boolean isReading() {
		return !this.closing && !this.input.isPaused();
	}

	@Override
	public int getWriteBufferSize() {
		return (int) Math.min(this.output.size(), Integer.MAX_VALUE);
	}

	@Override
	public void setWriteBufferLimits(int high, int low) {
		this.output.limits(high, low);
	}

	@Override
	public @Nullable SSLSession tlsSession() {
		return (this.tls != null) ? this.tls.session() : null;
	}

	@Override
	public SocketAddress localAddress() {
		return this.localAddress;
	}

	@Override
	public SocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	@Override
	public String toString() {
		return "SocketTransport[%s → %s, %s]".formatted(this.localAddress, this.remoteAddress,
				this.lost ? "closed" : (this.closing ? "closing" : "open"));
	}

}
