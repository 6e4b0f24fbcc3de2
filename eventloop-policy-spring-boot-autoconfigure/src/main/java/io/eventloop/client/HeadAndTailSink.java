package io.eventloop.client;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Collects the beginning and the end. Holds the end in the chunks in which it came, so at
 * most one chunk more than is kept.
 */
final class HeadAndTailSink implements OutputSink {

	private final ByteArrayOutputStream head = new ByteArrayOutputStream(0);

	private final int headLimit;

	private final int tail;

	private final Deque<byte[]> chunks = new ArrayDeque<>();

	private long chunksSize;

	private boolean dropped;

	/**
	 * Create a sink.
	 * @param head how many bytes of the beginning are kept
	 * @param tail how many bytes of the end
	 */
	HeadAndTailSink(long head, long tail) {
		this.headLimit = Math.toIntExact(head);
		this.tail = Math.toIntExact(tail);
	}

	@Override
	public void receive(byte[] data) {
		int toHead = Math.min(data.length, this.headLimit - this.head.size());
		this.head.write(data, 0, toHead);
		if (toHead < data.length) {
			byte[] rest = (toHead > 0) ? Arrays.copyOfRange(data, toHead, data.length) : data;
			this.chunks.add(rest);
			this.chunksSize += rest.length;
			dropWhatIsBetween();
		}
	}

	private void dropWhatIsBetween() {
		while (!this.chunks.isEmpty() && this.chunksSize - this.chunks.getFirst().length >= this.tail) {
			this.chunksSize -= this.chunks.removeFirst().length;
			this.dropped = true;
		}
	}

	@Override
	public byte[] collected() {
		int skipped = (int) Math.max(0, this.chunksSize - this.tail);
		int position = this.head.size();
		byte[] all = Arrays.copyOf(this.head.toByteArray(), position + (int) this.chunksSize - skipped);
		for (byte[] chunk : this.chunks) {
			System.arraycopy(chunk, skipped, all, position, chunk.length - skipped);
			position += chunk.length - skipped;
			skipped = 0;
		}
		return all;
	}

	@Override
	public boolean isTruncated() {
		return this.dropped || this.chunksSize > this.tail;
	}

}
