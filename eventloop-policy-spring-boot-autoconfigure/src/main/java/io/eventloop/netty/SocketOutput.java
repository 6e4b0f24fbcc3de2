package io.eventloop.netty;

import io.eventloop.pipe.ByteQueue;
import io.eventloop.pipe.WriteFlow;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is still to be sent on a connection: one piece is with the channel, the rest waits
 * on the heap, so that neither Netty's direct memory nor what counts as sent depends on
 * how much was written at once. Belongs to the loop's thread.
 */
final class SocketOutput {

	private static final Logger logger = LoggerFactory.getLogger(NettySocket.class);

	private static final int PIECE = 64 * 1024;

	private static final int FIRST_REPORTED_LOST_WRITE = 5;

	private final Channel channel;

	private final NettySocket socket;

	private final WriteFlow flow = new WriteFlow();

	private final ByteQueue waiting = new ByteQueue();

	private int sending;

	private boolean looping;

	private int lostWrites;

	SocketOutput(Channel channel, NettySocket socket) {
		this.channel = channel;
		this.socket = socket;
	}

	long size() {
		return this.waiting.size() + this.sending;
	}

	void limits(int high, int low) {
		this.flow.limits(high, low);
		pauseIfFull();
	}

	void write(byte[] data) {
		if (size() == 0 && data.length <= PIECE) {
			send(this.channel.alloc().ioBuffer(data.length).writeBytes(data));
		}
		else {
			this.waiting.add(data.clone());
			sendWaiting();
		}
		pauseIfFull();
	}

	private void sendWaiting() {
		if (this.looping) {
			return;
		}
		this.looping = true;
		try {
			while (this.sending == 0 && !this.waiting.isEmpty()) {
				sendPiece();
			}
		}
		finally {
			this.looping = false;
		}
	}

	/**
	 * Hand all that waits to the channel as it is now.
	 */
	void sendAll() {
		while (!this.waiting.isEmpty()) {
			sendPiece();
		}
	}

	private void sendPiece() {
		int count = (int) Math.min(PIECE, this.waiting.size());
		ByteBuf piece = this.channel.alloc().ioBuffer(count);
		this.waiting.copyTo(piece.nioBuffer(0, count));
		this.waiting.drop(count);
		send(piece.writerIndex(count));
	}

	private void send(ByteBuf piece) {
		int size = piece.readableBytes();
		this.sending += size;
		this.channel.writeAndFlush(piece).addListener((result) -> sent(size, result.cause()));
	}

	private void sent(int size, @Nullable Throwable failure) {
		this.sending -= size;
		if (failure != null) {
			this.socket.failed(failure);
			return;
		}
		sendWaiting();
		if (!this.socket.isCut() && this.flow.resumesAt(size())) {
			this.socket.tellResumed();
		}
		if (size() == 0) {
			this.socket.drained();
		}
	}

	private void pauseIfFull() {
		if (this.flow.pausesAt(size())) {
			this.socket.tellPaused();
		}
	}

	/**
	 * Something was written after the close.
	 */
	void lose() {
		if (this.lostWrites >= FIRST_REPORTED_LOST_WRITE) {
			logger.warn("Something is still written to {}, which is closed: it is lost. Ask isClosing() before writing",
					this.socket);
		}
		this.lostWrites++;
	}

	void clear() {
		this.waiting.clear();
	}

}
