package io.eventloop.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.eventloop.ChildExit;
import io.eventloop.ExitStatus;
import io.eventloop.Signal;
import io.eventloop.testsupport.Proc;
import io.eventloop.testsupport.RequireIoUring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(60)
@ExtendWith(RequireIoUring.class)
class ExitRingIT {

	private final PosixSpawn spawn = new PosixSpawn();

	@Test
	void waitTakesNothing() throws IOException {
		ChildProcess child = sleeping();
		try (ExitRing ring = new ExitRing(4); Epoll epoll = new Epoll(1)) {
			epoll.add(ring.fd(), Epoll.READ, 1);
			ring.await(child.pid(), 7);
			assertThat(ring.next()).isFalse();
			assertThat(epoll.await(0)).isZero();
			child.signal(Signal.SIGTERM);
			awaitReadable(epoll);
			assertThat(ring.next()).isTrue();
			assertThat(ring.next()).as("until it was taken").isTrue();
			assertThat(ring.token()).isEqualTo(7);
			assertThat(ring.result()).isZero();
			ring.taken();
			assertThat(ring.next()).isFalse();
			assertThat(epoll.await(0)).isZero();
			assertThat(Proc.state(child.pid())).isEqualTo(Proc.ZOMBIE);
			epoll.remove(ring.fd());
		}
		assertThat(child.reap()).extracting(ChildExit::status)
			.isEqualTo(new ExitStatus.Signaled(Signal.SIGTERM.number(), false));
	}

	@Test
	void whatIsNoChildCompletesAtOnce() throws IOException {
		try (ExitRing ring = new ExitRing(1)) {
			ring.await(1, 3);
			assertThat(ring.next()).isTrue();
			assertThat(ring.token()).isEqualTo(3);
			assertThat(ring.result()).isEqualTo(-Errno.ECHILD);
			assertThatIllegalArgumentException().isThrownBy(() -> ring.await(0, 1));
		}
	}

	@Test
	void completionsWaitInTheKernelWhereTheirQueueIsFull() throws IOException {
		int count = 100;
		BitSet completed = new BitSet();
		try (ExitRing ring = new ExitRing(2)) {
			for (int token = 0; token < count; token++) {
				ring.await(1, token);
			}
			while (ring.next()) {
				completed.set(ring.token());
				ring.taken();
			}
		}
		assertThat(completed.stream()).containsExactlyElementsOf(IntStream.range(0, count).boxed().toList());
	}

	@Test
	void waitOfAThreadThatHasEndedCompletesToo() throws Exception {
		ChildProcess child = sleeping();
		try (ExitRing ring = new ExitRing(1)) {
			AtomicReference<IOException> failure = new AtomicReference<>();
			Thread thread = new Thread(() -> {
				try {
					ring.await(child.pid(), 5);
				}
				catch (IOException ex) {
					failure.set(ex);
				}
			});
			thread.start();
			thread.join();
			assertThat(failure).hasNullValue();
			assertThat(ring.next()).isFalse();
			child.signal(Signal.SIGKILL);
			try (Epoll epoll = new Epoll(1)) {
				epoll.add(ring.fd(), Epoll.READ, 1);
				awaitReadable(epoll);
			}
			assertThat(ring.next()).isTrue();
			assertThat(ring.token()).isEqualTo(5);
		}
		assertThat(child.reap()).isNotNull();
	}

	@Test
	void isClosedOnExec() throws IOException {
		try (ExitRing ring = new ExitRing(1)) {
			assertThat(Proc.descriptor(ring.fd())).contains("io_uring");
			String info = Files.readString(Path.of("/proc/self/fdinfo/" + ring.fd()));
			int flags = Integer.parseInt(info.lines()
				.filter((line) -> line.startsWith("flags:"))
				.map((line) -> line.substring(6).strip())
				.findFirst()
				.orElseThrow(), 8);
			assertThat(flags & 0x80000).as("O_CLOEXEC").isNotZero();
		}
	}

	@Test
	void closedOneLeavesNothingOpenAndCanDoNothing() throws IOException {
		ChildProcess child = sleeping();
		ExitRing ring = new ExitRing(1);
		ring.await(child.pid(), 1);
		ring.close();
		ring.close();
		assertThat(Proc.descriptor(ring.fd())).doesNotContain("io_uring");
		assertThat(ring.next()).isFalse();
		ring.taken();
		assertThatIllegalStateException().isThrownBy(() -> ring.await(child.pid(), 1));
		child.signal(Signal.SIGKILL);
		child.awaitExit();
		assertThat(child.reap()).isNotNull();
	}

	@Test
	void refusalIsASentence() {
		assertThatExceptionOfType(PosixException.class).isThrownBy(() -> new ExitRing(-1))
			.withMessage("Cannot open an io_uring (EINVAL: invalid argument)");
	}

	/**
	 * A completion interrupts the thread that waits before it is there.
	 */
	private static void awaitReadable(Epoll epoll) throws IOException {
		int events = 0;
		while (events == 0) {
			events = epoll.await(-1);
		}
	}

	private ChildProcess sleeping() throws IOException {
		return this.spawn.spawn(SpawnRequestBuilder.of("sleep", "100").build());
	}

}
