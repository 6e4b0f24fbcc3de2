package io.eventloop.posix;

import java.io.IOException;

import io.eventloop.ChildExit;
import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(30)
class PidfdIT {

	private final PosixSpawn spawn = new PosixSpawn();

	@BeforeEach
	void pidfdsWork() {
		assumeTrue(PosixPlatform.pidfdProblem().isEmpty());
	}

	@Test
	void isReadableOnceTheChildIsDead() throws IOException {
		ChildProcess child = this.spawn.spawn(SpawnRequestBuilder.of("sleep", "100").build());
		int pidfd = Pidfd.open(child.pid());
		try (Epoll epoll = new Epoll(1)) {
			epoll.add(pidfd, Epoll.READ, 1);
			assertThat(epoll.await(0)).isZero();
			Pidfd.signal(pidfd, Signal.SIGTERM);
			assertThat(epoll.await(-1)).isOne();
			assertThat(child.reap()).extracting(ChildExit::returnCode).isEqualTo(-15);
			assertThat(epoll.remove(pidfd)).isTrue();
		}
		assertThatExceptionOfType(ProcessLookupException.class).isThrownBy(() -> Pidfd.signal(pidfd, Signal.SIGTERM));
		Descriptors.close(pidfd);
	}

	@Test
	@DisplayName("S197 there is no pidfd of a process that is gone")
	void thereIsNoneOfAProcessThatIsGone() throws IOException {
		ChildProcess child = this.spawn.spawn(SpawnRequestBuilder.of("true").build());
		child.awaitExit();
		Descriptors.close(Pidfd.open(child.pid()));
		child.reap();
		assertThatExceptionOfType(ProcessLookupException.class).isThrownBy(() -> Pidfd.open(child.pid()))
			.withMessage("There is no process %d any more", child.pid());
	}

	@Test
	@DisplayName("S164 a pid must be positive")
	void aPidMustBePositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> Pidfd.open(0));
	}

	@Test
	@DisplayName("A closed descriptor keeps reporting while a child holds a copy; the generation tells it")
	void theGenerationTellsAClosedDescriptorThatStillReports() throws IOException {
		try (TestPipe pipe = new TestPipe(); Epoll epoll = new Epoll(1)) {
			epoll.add(pipe.readEnd(), Epoll.READ, 1);
			ChildProcess holder = this.spawn
				.spawn(SpawnRequestBuilder.of("sleep", "100").streams(pipe.readEnd(), 1, 2).build());
			pipe.closeReadEnd();
			pipe.closeWriteEnd();
			assertThat(epoll.await(-1)).isOne();
			assertThat(epoll.generation(0)).isOne();
			assertThat(epoll.fd(0)).isEqualTo(pipe.readEnd());
			assertThat(epoll.remove(pipe.readEnd())).as("too late").isFalse();
			holder.signal(Signal.SIGKILL);
			holder.awaitExit();
			holder.reap();
		}
	}

}
