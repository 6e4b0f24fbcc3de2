package io.eventloop.posix;

import java.time.Duration;
import java.util.OptionalLong;

import io.eventloop.ResourceUsage;

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

	static ResourceUsage read(NativeBlock block, int offset) {
		Duration user = time(block, offset + USER_TIME);
		Duration system = time(block, offset + SYSTEM_TIME);
		long resident = block.getLong(offset + MAX_RESIDENT);
		if (resident > ownPeak) {
			ownPeak = ownPeak();
		}
		return new ResourceUsage(user, system,
				(resident > ownPeak) ? OptionalLong.of(resident * KIBIBYTE) : OptionalLong.empty());
	}

	private static Duration time(NativeBlock block, int offset) {
		return Duration.ofSeconds(block.getLong(offset), block.getLong(offset + Long.BYTES) * 1000);
	}

	private static long ownPeak() {
		NativeBlock block = new NativeBlock(SIZE);
		LibC.C.getrusage(RUSAGE_SELF, block.address());
		return block.getLong(MAX_RESIDENT);
	}

}
