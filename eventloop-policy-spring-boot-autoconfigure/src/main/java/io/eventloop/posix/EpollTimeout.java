package io.eventloop.posix;

import java.util.concurrent.TimeUnit;

/**
 * How an epoll waits for a limited time: to the nanosecond where the kernel has
 * {@code epoll_pwait2} (Linux 5.11), else rounded up to milliseconds, for a loop woken
 * too early would only spin.
 *
 * @see <a href=
 * "https://man7.org/linux/man-pages/man2/epoll_wait.2.html">epoll_pwait2(2)</a>
 */
enum EpollTimeout {

	/**
	 * The function of glibc 2.35 and later.
	 */
	FUNCTION {

		@Override
		int await(int epoll, NativeBlock events, int capacity, NativeBlock time, long nanos) {
			put(time, nanos);
			return LibC.C.epoll_pwait2(epoll, events.address(), capacity, time.address(), 0);
		}

	},

	/**
	 * The system call by its number, for an older glibc on such a kernel.
	 */
	SYSTEM_CALL {

		@Override
		int await(int epoll, NativeBlock events, int capacity, NativeBlock time, long nanos) {
			put(time, nanos);
			return (int) LibC.C.syscall(SYS_EPOLL_PWAIT2, epoll, events.address(), capacity, time.address(), 0);
		}

	},

	/**
	 * Any kernel.
	 */
	MILLISECONDS {

		@Override
		int await(int epoll, NativeBlock events, int capacity, NativeBlock time, long nanos) {
			return LibC.C.epoll_wait(epoll, events.address(), capacity, roundUp(nanos));
		}

	};

	private static final int SYS_EPOLL_PWAIT2 = 441;

	private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

	/**
	 * Wait for events: their number, or a negative one with errno set.
	 */
	abstract int await(int epoll, NativeBlock events, int capacity, NativeBlock time, long nanos);

	/**
	 * The finest that works here, found by trying.
	 */
	static EpollTimeout finest(int epoll) {
		NativeBlock event = new NativeBlock(Epoll.EVENT_SIZE);
		NativeBlock time = new NativeBlock(16);
		for (EpollTimeout candidate : values()) {
			try {
				if (candidate.await(epoll, event, 1, time, 0) >= 0) {
					return candidate;
				}
			}
			catch (UnsatisfiedLinkError ex) {
				// This glibc lacks the function: the next candidate does without
			}
		}
		return MILLISECONDS;
	}

	static int roundUp(long nanos) {
		long millis = nanos / NANOS_PER_MILLI + ((nanos % NANOS_PER_MILLI == 0) ? 0 : 1);
		return (int) Math.min(millis, Integer.MAX_VALUE);
	}

	private static void put(NativeBlock time, long nanos) {
		time.putLong(0, nanos / NANOS_PER_SECOND);
		time.putLong(8, nanos % NANOS_PER_SECOND);
	}

}
