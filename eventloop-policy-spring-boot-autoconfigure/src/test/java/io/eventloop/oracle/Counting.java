package io.eventloop.oracle;

import io.eventloop.LoopFuture;

/**
 * A protocol that counts what arrives, in whatever pieces.
 */
final class Counting extends Answering {

	/** More than the buffers of a TCP connection take. */
	static final int MUCH = 16_000_000;

	final LoopFuture<Void> much;

	int count;

	Counting(NetworkContext net, String name) {
		super(net, name);
		this.much = net.loop.createFuture();
	}

	void tellCount() {
		tell("received", this.count);
	}

	@Override
	public void dataReceived(byte[] data) {
		this.count += data.length;
		if (this.count >= MUCH) {
			this.much.complete(null);
		}
	}

	@Override
	public void pauseWriting() {
	}

	@Override
	public void resumeWriting() {
	}

}
