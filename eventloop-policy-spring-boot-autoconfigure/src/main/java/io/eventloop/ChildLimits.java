package io.eventloop;

/**
 * How much a loop takes on for its children. Limits protect the service from a flood:
 * what exceeds one fails at once, with a message that names it, and affects no other
 * child.
 *
 * @param maxActive how many children may run or be launched at a time; launching one more
 * fails
 * @param maxPending how many launches may be pending, that is, asked for but not yet
 * connected; one more fails
 * @param maxOutput how many bytes of each output {@link Subprocess#communicate(byte[])}
 * collects; a child that writes more is killed
 * @see EventLoop#setChildLimits
 * @since 0.1.0
 */
public record ChildLimits(int maxActive, int maxPending, long maxOutput) {

	/**
	 * Any number of active children, 10,000 pending launches, 64 MiB of each output.
	 */
	public static final ChildLimits DEFAULT = new ChildLimits(Integer.MAX_VALUE, 10_000, 64L << 20);

	/**
	 * Create the limits.
	 * @throws IllegalArgumentException if one of them is not positive
	 */
	public ChildLimits {
		requirePositive("maxActive", maxActive);
		requirePositive("maxPending", maxPending);
		requirePositive("maxOutput", maxOutput);
	}

	/**
	 * Limit how many children may run or be launched at a time.
	 * @param children how many
	 * @return changed limits
	 * @throws IllegalArgumentException if the number is not positive
	 */
	public ChildLimits withMaxActive(int children) {
		return new ChildLimits(children, this.maxPending, this.maxOutput);
	}

	/**
	 * Limit how many launches may be pending.
	 * @param launches how many
	 * @return changed limits
	 * @throws IllegalArgumentException if the number is not positive
	 */
	public ChildLimits withMaxPending(int launches) {
		return new ChildLimits(this.maxActive, launches, this.maxOutput);
	}

	/**
	 * Limit how much of each output is collected.
	 * @param bytes how many
	 * @return changed limits
	 * @throws IllegalArgumentException if the number is not positive
	 */
	public ChildLimits withMaxOutput(long bytes) {
		return new ChildLimits(this.maxActive, this.maxPending, bytes);
	}

	private static void requirePositive(String name, long limit) {
		if (limit <= 0) {
			throw new IllegalArgumentException("'%s' is %d; give at least 1".formatted(name, limit));
		}
	}

}
