package io.eventloop.message;

import org.jspecify.annotations.Nullable;

/**
 * Reads messages that follow a header with their length. <pre>
 * header ──empty line──▶ body ──that many bytes──▶ header …
 * </pre>
 */
final class ContentLengthReader implements FrameReader {

	private final int maxMessage;

	private final FrameBuffer buffer = new FrameBuffer();

	private FrameHeader header = new FrameHeader();

	/**
	 * The length of the message whose header was read, or -1 within a header.
	 */
	private int length = -1;

	ContentLengthReader(int maxMessage) {
		this.maxMessage = maxMessage;
	}

	@Override
	public void add(byte[] data) {
		this.buffer.add(data);
	}

	@Override
	public byte @Nullable [] next() throws FrameException {
		if (this.length < 0 && !readHeader()) {
			return null;
		}
		if (this.buffer.size() < this.length) {
			return null;
		}
		byte[] message = this.buffer.take(this.length);
		this.length = -1;
		this.header = new FrameHeader();
		return message;
	}

	/**
	 * Read lines of the header.
	 * @return whether it is complete
	 */
	private boolean readHeader() throws FrameException {
		int end = this.buffer.indexOfLineFeed();
		while (end >= 0) {
			this.header.requireShort(end + 1);
			if (this.header.isEndedBy(this.buffer.take(end + 1))) {
				this.length = this.header.contentLength(this.maxMessage);
				return true;
			}
			end = this.buffer.indexOfLineFeed();
		}
		this.header.requireShort(this.buffer.size());
		return false;
	}

	@Override
	public int pending() {
		return this.buffer.size() + this.header.size();
	}

}
