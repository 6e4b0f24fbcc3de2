package io.eventloop.netty;

import java.util.ArrayDeque;
import java.util.Deque;

import io.eventloop.memory.RepeatableCallback;

/**
 * What a connection has received and its protocol has not: told in a pass of the loop, in
 * order, and held back while reading is paused. Belongs to the loop's thread.
 */
final class SocketInput {

	private final NettySocket socket;

	private final Deque<byte[]> held = new ArrayDeque<>();

	private final RepeatableCallback telling = this::tell;

	private boolean paused;

	private boolean ended;

	private boolean gone;

	private boolean posted;

	SocketInput(NettySocket socket) {
		this.socket = socket;
	}

	boolean isPaused() {
		return this.paused;
	}

	void pause() {
		this.paused = true;
	}

	void resume() {
		this.paused = false;
		post();
	}

	void received(byte[] data) {
		this.held.add(data);
		post();
	}

	/**
	 * The other side sends nothing more.
	 */
	void ended() {
		this.ended = true;
		post();
	}

	/**
	 * The channel is closed.
	 */
	void gone() {
		this.gone = true;
		post();
	}

	/**
	 * Tell no data any more.
	 */
	void drop() {
		this.held.clear();
		this.ended = false;
		this.paused = false;
		if (this.gone) {
			post();
		}
	}

	private void post() {
		if (!this.posted) {
			this.posted = this.socket.post(this.telling);
		}
	}

	private void tell() {
		this.posted = false;
		while (!this.paused && !this.held.isEmpty()) {
			this.socket.tellData(this.held.remove());
		}
		if (!this.paused && this.held.isEmpty()) {
			if (this.ended) {
				this.ended = false;
				this.socket.tellEnd();
			}
			if (this.gone) {
				this.socket.lose();
			}
		}
	}

}
