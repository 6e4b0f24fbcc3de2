package io.eventloop.posix;

import java.util.OptionalLong;

/**
 * What a child used up, from the {@code struct rusage} of wait4(2).
 *
 * <p>
 * Until its exec a spawned child shares the JVM's memory, and the kernel books the JVM's
 * peak as the child's own: the resident size tells something about the child only above
 * that peak.
 */
final class ChildUsage {

	/**
	 * {@code sizeof(struct rusage)}.
	 */
	static final int SIZE = 144;

	private static final int USER_TIME = 0;

	private static final int SYSTEM_TIME = 16;

	private static final int MAX_RESIDENT = 32;

	private static final int RUSAGE_SELF = 0;

	private static final long KIBIBYTE = 1024;

	/** Only grows, and is asked for again only when a child exceeds it. */
	private static volatile long ownPeak;

	private ChildUsage() {
	}

	static long userNanos(NativeBlock block, int offset) {
		return nanos(block, offset + USER_TIME);
	}

	static long systemNanos(NativeBlock block, int offset) {
		return nanos(block, offset + SYSTEM_TIME);
	}

	static long residentBytes(NativeBlock block, int offset) {
		return block.getLong(offset + MAX_RESIDENT) * KIBIBYTE;
	}

	/**
	 * The resident size, if it tells something about the child.
	 */
	static OptionalLong aboveOwnPeak(long residentBytes) {
		if (residentBytes > ownPeak) {
			ownPeak = ownPeak();
		}
		return (residentBytes > ownPeak) ? OptionalLong.of(residentBytes) : OptionalLong.empty();
	}

	private static long nanos(NativeBlock block, int offset) {
		return block.getLong(offset) * 1_000_000_000L + block.getLong(offset + Long.BYTES) * 1000;
	}

	private static long ownPeak() {
		NativeBlock block = new NativeBlock(SIZE);
		LibC.C.getrusage(RUSAGE_SELF, block.address());
		return residentBytes(block, 0);
	}

}
