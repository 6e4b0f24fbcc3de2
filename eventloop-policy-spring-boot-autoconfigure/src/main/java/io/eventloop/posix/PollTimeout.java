package io.eventloop.posix;

import java.util.concurrent.TimeUnit;

/**
 * How poll(2) waits for a limited time: to the nanosecond where the C library has
 * {@code ppoll}, else rounded up to milliseconds, for a loop woken too early would only
 * spin.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/poll.2.html">ppoll(2)</a>
 */
enum PollTimeout {

	/**
	 * Linux and the BSDs.
	 */
	NANOSECONDS {

		@Override
		int await(long descriptors, int count, NativeBlock time, long nanos) {
			time.putLong(0, nanos / NANOS_PER_SECOND);
			time.putLong(8, nanos % NANOS_PER_SECOND);
			return LibC.C.ppoll(descriptors, count, time.address(), 0);
		}

	},

	/**
	 * Any POSIX system.
	 */
	MILLISECONDS {

		@Override
		int await(long descriptors, int count, NativeBlock time, long nanos) {
			return LibC.C.poll(descriptors, count, EpollTimeout.roundUp(nanos));
		}

	};

	private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

	/**
	 * Wait for events: their number, or a negative one with errno set.
	 */
	abstract int await(long descriptors, int count, NativeBlock time, long nanos);

	/**
	 * The finest that works here, found by trying.
	 */
	static PollTimeout finest() {
		try {
			return (NANOSECONDS.await(0, 0, new NativeBlock(16), 0) == 0) ? NANOSECONDS : MILLISECONDS;
		}
		catch (UnsatisfiedLinkError ex) {
			return MILLISECONDS;
		}
	}

}
