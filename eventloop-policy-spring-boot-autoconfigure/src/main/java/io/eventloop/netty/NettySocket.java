package io.eventloop.netty;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Map;
import java.util.TreeMap;

import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.Protocol;
import io.eventloop.SocketTransport;
import io.eventloop.memory.RepeatableCallback;
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
final class NettySocket implements SocketTransport {

	private static final Logger logger = LoggerFactory.getLogger(NettySocket.class);

	private static final int FIRST_REPORTED_LOST_WRITE = 5;

	private final EventLoop loop;

	private final Channel channel;

	private final Protocol protocol;

	private final SocketInput input = new SocketInput(this);

	private final SocketOutput output;

	private final SocketAddress localAddress;

	private final SocketAddress remoteAddress;

	private final Runnable ending;

	private final boolean forgetful;

	private volatile boolean closing;

	private boolean eofWritten;

	/**
	 * It was broken or aborted: what is buffered is dropped.
	 */
	private boolean cut;

	private boolean lost;

	private int lostWrites;

	private @Nullable Throwable failure;

	/**
	 * Take over a channel that is connected and does not read yet.
	 * @param buffer what the loop's connections send from
	 * @param ending run once, after the protocol was told of the end
	 */
	NettySocket(EventLoop loop, Channel channel, SocketChannels channels, SendBuffer buffer, Protocol protocol,
			Runnable ending) {
		this.loop = loop;
		this.channel = channel;
		this.protocol = protocol;
		this.forgetful = channels.forgetful();
		this.output = new SocketOutput(channel, this, buffer);
		this.localAddress = channels.fromNetty(channel.localAddress());
		this.remoteAddress = channels.fromNetty(channel.remoteAddress());
		this.ending = ending;
	}

	/**
	 * Tell the protocol, and begin to read.
	 */
	void begin() {
		boolean early = SocketEvents.of(this.channel).bringTo(this);
		try {
			this.protocol.connectionMade(this);
		}
		catch (RuntimeException ex) {
			report("A protocol's connectionMade() has failed", ex);
		}
		if (isReading()) {
			read(early);
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
			report("A connection has failed", cause);
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
		try {
			this.protocol.dataReceived(data);
		}
		catch (RuntimeException | StackOverflowError | OutOfMemoryError ex) {
			fail("dataReceived", ex);
		}
	}

	void tellEnd() {
		if (this.closing) {
			return;
		}
		try {
			if (!this.protocol.eofReceived()) {
				close();
			}
		}
		catch (RuntimeException ex) {
			fail("eofReceived", ex);
		}
	}

	void tellPaused() {
		try {
			this.protocol.pauseWriting();
		}
		catch (RuntimeException ex) {
			report("A protocol's pauseWriting() has failed", ex);
		}
	}

	void tellResumed() {
		try {
			this.protocol.resumeWriting();
		}
		catch (RuntimeException ex) {
			report("A protocol's resumeWriting() has failed", ex);
		}
	}

	private void fail(String method, Throwable error) {
		report("A protocol's %s() has failed".formatted(method), error);
		this.input.drop();
		end(error);
	}

	private void report(String message, Throwable error) {
		this.loop.callExceptionHandler(new ExceptionContext(message, error,
				new TreeMap<>(Map.of("transport", this, "protocol", this.protocol))));
	}

	Channel channel() {
		return this.channel;
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
			this.protocol.connectionLost(this.failure);
		}
		catch (RuntimeException ex) {
			report("A protocol's connectionLost() has failed", ex);
		}
		finally {
			this.ending.run();
		}
	}

	/**
	 * The loop is closed, and this with it.
	 */
	void loopClosed(IllegalStateException reason) {
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
			countLostWrite();
		}
		else if (data.length > 0) {
			this.output.write(data);
		}
	}

	private void countLostWrite() {
		if (this.lostWrites >= FIRST_REPORTED_LOST_WRITE) {
			logger.warn("Something is still written to {}, which is closed: it is lost. Ask isClosing() before writing",
					this);
		}
		this.lostWrites++;
	}

	@Override
	public void writeEof() {
		if (!this.closing && !this.eofWritten) {
			this.eofWritten = true;
			finishOutput();
		}
	}

	@Override
	public void close() {
		if (!this.closing) {
			this.closing = true;
			this.channel.config().setAutoRead(false);
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
		closeChannel();
	}

	/**
	 * Close the channel, and have the protocol told in the next pass, however long the
	 * transport takes.
	 */
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
			this.channel.config().setAutoRead(false);
		}
	}

	@Override
	public void resumeReading() {
		if (this.input.isPaused() && !this.closing) {
			this.input.resume();
			read(true);
		}
	}

	/**
	 * Have the channel read.
	 * @param mayHaveEnded whether the other side may have ended while it did not
	 */
	private void read(boolean mayHaveEnded) {
		if (mayHaveEnded && this.forgetful && this.channel.isActive()) {
			registerAnew();
		}
		else {
			this.channel.config().setAutoRead(true);
		}
	}

	/**
	 * Read, and send what is still to be sent: the channel forgets that it waits to send,
	 * too.
	 */
	private void registerAnew() {
		this.channel.deregister()
			.addListener((left) -> this.channel.eventLoop().register(this.channel).addListener((joined) -> {
				this.channel.config().setAutoRead(isReading());
				this.channel.flush();
			}));
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
