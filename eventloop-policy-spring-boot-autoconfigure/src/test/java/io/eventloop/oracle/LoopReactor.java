package io.eventloop.oracle;

import java.nio.ByteBuffer;

import io.eventloop.EventLoop;
import io.eventloop.subprocess.PipeReactor;

/**
 * Connects pipe transports to a loop by what any user may call.
 *
 * @param loop the loop
 * @param scratch the buffer
 */
record LoopReactor(EventLoop loop, ByteBuffer scratch) implements PipeReactor {

	LoopReactor(EventLoop loop) {
		this(loop, ByteBuffer.allocateDirect(256 * 1024));
	}

	@Override
	public void claim(int fd) {
	}

	@Override
	public void release(int fd) {
		ignoreReading(fd);
		ignoreWriting(fd);
	}

	@Override
	public void watchReading(int fd, Runnable ready) {
		this.loop.addReader(fd, ready);
	}

	@Override
	public void ignoreReading(int fd) {
		this.loop.removeReader(fd);
	}

	@Override
	public void watchWriting(int fd, Runnable ready) {
		this.loop.addWriter(fd, ready);
	}

	@Override
	public void ignoreWriting(int fd) {
		this.loop.removeWriter(fd);
	}

	@Override
	public ByteBuffer scratch() {
		return this.scratch.clear();
	}

}
