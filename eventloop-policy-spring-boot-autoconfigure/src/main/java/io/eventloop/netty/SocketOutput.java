package io.eventloop.netty;

import io.eventloop.pipe.ByteQueue;
import io.eventloop.pipe.WriteFlow;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;

/**
 * What is still to be sent on a connection: one piece is with the channel, the rest waits
 * on the heap, so that neither Netty's direct memory nor what counts as sent depends on
 * how much was written at once. Belongs to the loop's thread.
 */
final class SocketOutput {

	private final Channel channel;

	private final NettySocket socket;

	private final SendBuffer buffer;

	private final WriteFlow flow = new WriteFlow();

	private final ByteQueue waiting = new ByteQueue();

	private final ChannelFutureListener sent = (result) -> sent(result.cause());

	private int sending;

	private boolean looping;

	SocketOutput(Channel channel, NettySocket socket, SendBuffer buffer) {
		this.channel = channel;
		this.socket = socket;
		this.buffer = buffer;
	}

	long size() {
		return this.waiting.size() + this.sending;
	}

	void limits(int high, int low) {
		this.flow.limits(high, low);
		pauseIfFull();
	}

	void write(byte[] data) {
		if (size() == 0 && data.length <= SendBuffer.SIZE) {
			send(take(data.length).writeBytes(data));
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
				int count = (int) Math.min(SendBuffer.SIZE, this.waiting.size());
				ByteBuf piece = take(count);
				this.waiting.copyTo(piece.nioBuffer(0, count));
				this.waiting.drop(count);
				send(piece.writerIndex(count));
			}
		}
		finally {
			this.looping = false;
		}
	}

	private ByteBuf take(int size) {
		return this.buffer.take(size, this.channel.alloc());
	}

	private void send(ByteBuf piece) {
		this.sending = piece.readableBytes();
		this.channel.writeAndFlush(piece).addListener(this.sent);
	}

	private void sent(Throwable failure) {
		this.sending = 0;
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

	void clear() {
		this.waiting.clear();
	}

}
