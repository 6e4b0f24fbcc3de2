package io.eventloop.client;

import java.util.function.Consumer;

/**
 * How much may still be collected of the outputs of one run. An array has no more than
 * some 2 billion bytes, whatever the limit says.
 */
final class Allowance {

	private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

	private final String command;

	private final long limit;

	private final Consumer<? super OutputLimitException> exceeded;

	private long taken;

	Allowance(String command, long limit, Consumer<? super OutputLimitException> exceeded) {
		this.command = command;
		this.limit = Math.min(limit, LARGEST_ARRAY);
		this.exceeded = exceeded;
	}

	/**
	 * Take that many bytes.
	 * @return {@code false} if the limit is exceeded, which was told
	 */
	boolean take(int bytes) {
		this.taken += bytes;
		if (this.taken <= this.limit) {
			return true;
		}
		this.exceeded.accept(new OutputLimitException(this.command,
				"%s has written more than %d bytes; raise maxOutput, keep the head and the tail, or read it as it comes"
					.formatted(this.command, this.limit),
				this.limit));
		return false;
	}

}
