package io.eventloop.posix;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(30)
class EventFdTests {

	@Test
	void isReadableFromSignalToDrain() throws IOException {
		try (EventFd event = new EventFd(); Epoll epoll = new Epoll(1)) {
			epoll.add(event.fd(), Epoll.READ, 0);
			assertThat(epoll.await(0)).isZero();
			event.signal();
			event.signal();
			assertThat(epoll.await(0)).isOne();
			event.drain();
			assertThat(epoll.await(0)).isZero();
			event.drain();
		}
	}

	@Test
	void wakesAWaitFromOtherThreads() throws IOException {
		try (EventFd event = new EventFd(); Epoll epoll = new Epoll(1)) {
			epoll.add(event.fd(), Epoll.READ, 0);
			AtomicBoolean go = new AtomicBoolean(true);
			CompletableFuture<?>[] threads = IntStream.range(0, 4).mapToObj((i) -> CompletableFuture.runAsync(() -> {
				while (go.get()) {
					event.signal();
				}
			})).toArray(CompletableFuture<?>[]::new);
			for (int woken = 0; woken < 1000;) {
				woken += epoll.await(-1);
				event.drain();
			}
			go.set(false);
			CompletableFuture.allOf(threads).join();
		}
	}

	@Test
	void aFullCounterStaysReadableAndNobodyWaits() throws IOException {
		try (EventFd event = new EventFd(); Epoll epoll = new Epoll(1)) {
			NativeBlock almostFull = new NativeBlock(8);
			almostFull.putLong(0, -2);
			LibC.C.write(event.fd(), almostFull.address(), 8);
			event.signal();
			event.signal();
			epoll.add(event.fd(), Epoll.READ, 0);
			assertThat(epoll.await(0)).isOne();
			event.drain();
			assertThat(epoll.await(0)).isZero();
		}
	}

	@Test
	void aSignalAfterTheEndReachesNobody() throws IOException {
		EventFd event = new EventFd();
		int number = event.fd();
		event.close();
		event.close();
		assertThat(event.fd()).isEqualTo(-1);
		try (EventFd next = new EventFd(); Epoll epoll = new Epoll(1)) {
			assumeTrue(next.fd() == number, "the number was taken by other code");
			event.signal();
			event.drain();
			epoll.add(next.fd(), Epoll.READ, 0);
			assertThat(epoll.await(0)).isZero();
		}
	}

}
