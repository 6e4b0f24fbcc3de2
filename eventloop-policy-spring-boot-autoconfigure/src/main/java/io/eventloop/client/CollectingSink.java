package io.eventloop.client;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects everything, within an allowance.
 */
final class CollectingSink implements OutputSink {

	private final Allowance allowance;

	private final List<byte[]> chunks = new ArrayList<>();

	private int size;

	private boolean abandoned;

	CollectingSink(Allowance allowance) {
		this.allowance = allowance;
	}

	@Override
	public void receive(byte[] data) {
		if (!this.abandoned && this.allowance.take(data.length)) {
			this.chunks.add(data);
			this.size += data.length;
		}
	}

	@Override
	public void abandon() {
		this.abandoned = true;
		this.chunks.clear();
		this.size = 0;
	}

	@Override
	public byte[] collected() {
		if (this.chunks.size() == 1) {
			return this.chunks.get(0);
		}
		byte[] all = new byte[this.size];
		int position = 0;
		for (byte[] chunk : this.chunks) {
			System.arraycopy(chunk, 0, all, position, chunk.length);
			position += chunk.length;
		}
		return all;
	}

}
