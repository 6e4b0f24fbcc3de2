package io.eventloop.samples.jobrunner;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The next bytes of a stream, up to a number.
 */
final class LimitedInputStream extends FilterInputStream {

	private long left;

	LimitedInputStream(InputStream in, long length) {
		super(in);
		this.left = length;
	}

	@Override
	public int read() throws IOException {
		int next = (this.left > 0) ? super.read() : -1;
		this.left -= (next >= 0) ? 1 : 0;
		return next;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) throws IOException {
		if (this.left <= 0) {
			return -1;
		}
		int count = super.read(buffer, offset, (int) Math.min(length, this.left));
		this.left -= Math.max(0, count);
		return count;
	}

}
