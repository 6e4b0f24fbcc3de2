package io.eventloop.client.test;

import java.util.function.Consumer;

import io.eventloop.WriteTransport;

/**
 * The input of a scripted child, which reads as fast as it is written to. Belongs to the
 * loop's thread.
 */
final class ScriptedInput implements WriteTransport {

	private final Consumer<byte[]> child;

	private final Runnable ended;

	private boolean over;

	/**
	 * Create an input.
	 * @param child told what is written
	 * @param ended told once that nothing follows
	 */
	ScriptedInput(Consumer<byte[]> child, Runnable ended) {
		this.child = child;
		this.ended = ended;
	}

	@Override
	public void write(byte[] data) {
		if (!this.over) {
			this.child.accept(data);
		}
	}

	@Override
	public void writeEof() {
		if (!this.over) {
			this.over = true;
			this.ended.run();
		}
	}

	@Override
	public void abort() {
		writeEof();
	}

	@Override
	public int getWriteBufferSize() {
		return 0;
	}

	/**
	 * Do nothing, as there is no buffer.
	 */
	@Override
	public void setWriteBufferLimits(int high, int low) {
	}

	@Override
	public void close() {
		writeEof();
	}

	@Override
	public boolean isClosing() {
		return this.over;
	}

}
