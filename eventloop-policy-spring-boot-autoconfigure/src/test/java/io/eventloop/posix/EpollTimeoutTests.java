package io.eventloop.posix;

import java.io.IOException;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(20)
class EpollTimeoutTests {

	private static final long TENTH_OF_A_MILLISECOND = 100_000;

	private static final int TRIES = 50;

	@ParameterizedTest
	@EnumSource
	void neverEndsEarly(EpollTimeout timeout) throws IOException {
		try (Epoll epoll = epoll(timeout)) {
			for (long nanos = 1; nanos < 5_000_000; nanos = nanos * 3 + 1) {
				long begin = System.nanoTime();
				assertThat(epoll.await(nanos)).isZero();
				assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(nanos);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MILLISECONDS")
	void endsWithinAMillisecondWhereTheKernelCan(EpollTimeout timeout) throws IOException {
		try (Epoll epoll = epoll(timeout)) {
			long shortest = Long.MAX_VALUE;
			for (int i = 0; i < TRIES; i++) {
				long begin = System.nanoTime();
				epoll.await(TENTH_OF_A_MILLISECOND);
				shortest = Math.min(shortest, System.nanoTime() - begin);
			}
			assertThat(shortest).isLessThan(10 * TENTH_OF_A_MILLISECOND);
		}
	}

	@ParameterizedTest
	@EnumSource
	void anEventEndsTheWait(EpollTimeout timeout) throws IOException {
		try (Epoll epoll = epoll(timeout); EventFd event = new EventFd()) {
			epoll.add(event.fd(), Epoll.READ, 7);
			event.signal();
			assertThat(epoll.await(Long.MAX_VALUE)).isOne();
			assertThat(epoll.generation(0)).isEqualTo(7);
		}
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "999_999, 1", "1_000_000, 1", "1_000_001, 2", "9223372036854775807, 2147483647" })
	void millisecondsAreRoundedUp(String nanos, int millis) {
		assertThat(EpollTimeout.roundUp(Long.parseLong(nanos.replace("_", "")))).isEqualTo(millis);
	}

	private static Epoll epoll(EpollTimeout timeout) throws IOException {
		Epoll epoll = new Epoll(1, timeout);
		try {
			epoll.await(1);
		}
		catch (PosixException | UnsatisfiedLinkError ex) {
			epoll.close();
			assumeTrue(false, "this system has no epoll_pwait2");
		}
		return epoll;
	}

}
