package io.eventloop.loop;

import java.nio.ByteBuffer;

import io.eventloop.EventLoop;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.pipe.PipeReactor;
import org.jspecify.annotations.Nullable;

/**
 * What a selector loop gives its pipe transports.
 */
final class LoopPipeReactor implements PipeReactor {

	private static final int SCRATCH_BYTES = 256 * 1024;

	private final BaseEventLoop loop;

	private final DescriptorTable descriptors;

	private @Nullable ByteBuffer scratch;

	LoopPipeReactor(BaseEventLoop loop, DescriptorTable descriptors) {
		this.loop = loop;
		this.descriptors = descriptors;
	}

	@Override
	public EventLoop loop() {
		return this.loop;
	}

	@Override
	public void claim(int fd) {
		this.descriptors.claim(fd);
	}

	@Override
	public void release(int fd) {
		this.descriptors.release(fd);
	}

	@Override
	public void watchReading(int fd, RepeatableCallback ready) {
		this.descriptors.addReader(fd, this.loop.describe(new DescriptorHandle(ready)));
	}

	@Override
	public void ignoreReading(int fd) {
		this.descriptors.removeReader(fd);
	}

	@Override
	public void watchWriting(int fd, RepeatableCallback ready) {
		this.descriptors.addWriter(fd, this.loop.describe(new DescriptorHandle(ready)));
	}

	@Override
	public void ignoreWriting(int fd) {
		this.descriptors.removeWriter(fd);
	}

	@Override
	public ByteBuffer scratch() {
		if (this.scratch == null) {
			this.scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
		}
		return this.scratch.clear();
	}

}
