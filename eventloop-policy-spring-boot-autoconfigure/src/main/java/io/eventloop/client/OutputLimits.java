package io.eventloop.client;

/**
 * How much of its output is kept for a command's caller.
 *
 * @param max how many bytes of both outputs are collected
 * @param head how many bytes of the beginning of each are kept, if not all are
 * @param tail how many bytes of its end
 * @param maxLine how many characters a line may have
 */
record OutputLimits(long max, long head, long tail, int maxLine) {

	private static final long MAX_KEPT = Integer.MAX_VALUE - 8;

	static final OutputLimits DEFAULT = new OutputLimits(64L * 1024 * 1024, 0, 0, 1024 * 1024);

	OutputLimits withMax(long bytes) {
		if (bytes < 1) {
			throw new IllegalArgumentException(
					"A limit of %d bytes of output lets none be collected; give at least 1, or discard the output"
						.formatted(bytes));
		}
		return new OutputLimits(bytes, 0, 0, this.maxLine);
	}

	OutputLimits withHeadAndTail(long first, long last) {
		if (first < 0 || last < 0 || (first == 0 && last == 0)) {
			throw new IllegalArgumentException(
					"A head of %d bytes and a tail of %d cannot be kept; neither may be negative, nor both be 0"
						.formatted(first, last));
		}
		if (first > MAX_KEPT - last) {
			throw new IllegalArgumentException(
					"A head of %d bytes and a tail of %d are together more than the %d that fit into an array; keep less, or write the output to a file"
						.formatted(first, last, MAX_KEPT));
		}
		return new OutputLimits(this.max, first, last, this.maxLine);
	}

	OutputLimits withMaxLine(int characters) {
		if (characters < 1) {
			throw new IllegalArgumentException(
					"A limit of %d characters leaves nothing of a line; give at least 1".formatted(characters));
		}
		return new OutputLimits(this.max, this.head, this.tail, characters);
	}

	boolean keepsHeadAndTail() {
		return this.head > 0 || this.tail > 0;
	}

}
