package io.eventloop.message;

import org.jspecify.annotations.Nullable;

/**
 * Reads a message a line. The bytes of a line that is too long are not collected.
 */
final class LineReader implements FrameReader {

	private final int maxMessage;

	private final FrameBuffer buffer = new FrameBuffer();

	LineReader(int maxMessage) {
		this.maxMessage = maxMessage;
	}

	@Override
	public void add(byte[] data) {
		this.buffer.add(data);
	}

	@Override
	public byte @Nullable [] next() throws FrameException {
		while (true) {
			int end = this.buffer.indexOfLineFeed();
			int length = withoutReturn((end < 0) ? this.buffer.size() : end);
			if (length > this.maxMessage) {
				throw FrameException.tooLarge(this.maxMessage);
			}
			if (end < 0) {
				return null;
			}
			if (length > 0) {
				byte[] message = this.buffer.take(length);
				this.buffer.drop(end + 1 - length);
				return message;
			}
			this.buffer.drop(end + 1);
		}
	}

	private int withoutReturn(int length) {
		return (length > 0 && this.buffer.at(length - 1) == '\r') ? length - 1 : length;
	}

	@Override
	public int pending() {
		return this.buffer.size();
	}

}
