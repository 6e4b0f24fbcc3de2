package io.eventloop.subprocess;

import java.nio.ByteBuffer;

import io.eventloop.pipe.ByteQueue;
import org.jspecify.annotations.Nullable;

/**
 * Demands what is there, in a buffer of the caller's. Where nothing is buffered, it gets
 * what the loop has read without another copy.
 */
final class ReadInto implements ReadDemand<Integer> {

	private static final int END = -1;

	private final ByteBuffer target;

	ReadInto(ByteBuffer target) {
		if (target.isReadOnly()) {
			throw new IllegalArgumentException("Cannot read into a read-only buffer; give one that can be written to");
		}
		this.target = target;
	}

	@Override
	public @Nullable Integer takeFrom(ByteQueue buffer, boolean ended) {
		if (!this.target.hasRemaining()) {
			return 0;
		}
		if (buffer.isEmpty()) {
			return ended ? END : null;
		}
		int before = this.target.position();
		buffer.copyTo(this.target);
		int count = this.target.position() - before;
		buffer.drop(count);
		return count;
	}

	@Override
	public Integer takeFrom(ByteBuffer data) {
		int count = Math.min(data.remaining(), this.target.remaining());
		int end = data.limit();
		try {
			this.target.put(data.limit(data.position() + count));
		}
		finally {
			data.limit(end);
		}
		return count;
	}

}
