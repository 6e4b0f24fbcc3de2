package io.eventloop.posix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.eventloop.ChildExit;
import io.eventloop.ExitStatus;
import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(60)
class ChildProcessIT {

	private final PosixSpawn spawn = new PosixSpawn();

	@Test
	void aRunningChildHasNoExit() throws IOException {
		ChildProcess child = sleeping();
		assertThat(child.reap()).isNull();
		assertThat(child.peek()).isNull();
		kill(child);
	}

	@Test
	void theExitCodeIsTaken() throws IOException {
		ChildProcess child = spawn("sh", "-c", "exit 42");
		child.awaitExit();
		assertThat(child.reap()).satisfies((exit) -> {
			assertThat(exit.pid()).isEqualTo(child.pid());
			assertThat(exit.status()).isEqualTo(new ExitStatus.Exited(42));
			assertThat(exit.usage()).isNotNull();
		});
	}

	@Test
	@DisplayName("S150 S220 a death by signal is told")
	void aDeathBySignalIsTold() throws IOException {
		ChildProcess child = sleeping();
		child.signal(Signal.SIGTERM);
		child.awaitExit();
		assertThat(child.reap()).extracting(ChildExit::status).isEqualTo(new ExitStatus.Signaled(15, false));
		assertThat(child.reap()).extracting(ChildExit::returnCode).isEqualTo(-15);
	}

	@Test
	void aPeekTakesNothing() throws IOException {
		ChildProcess child = spawn("sh", "-c", "exit 7");
		child.awaitExit();
		assertThat(child.peek()).isEqualTo(new ExitStatus.Exited(7));
		assertThat(child.peek()).isEqualTo(new ExitStatus.Exited(7));
		assertThat(ChildProcess.peekAnyDead()).hasValue(child.pid());
		assertThat(child.reap()).extracting(ChildExit::status).isEqualTo(new ExitStatus.Exited(7));
		assertThat(ChildProcess.peekAnyDead()).isEmpty();
		assertThat(child.peek()).isEqualTo(new ExitStatus.Exited(7));
	}

	@Test
	@DisplayName("What was started before the exit was taken was started by the last tick in which the pid was the child's own")
	void lastOwnTick() throws IOException {
		ChildProcess child = spawn("true");
		child.awaitExit();
		assertThat(child.lastOwnTick()).isEqualTo(Long.MAX_VALUE);
		long before = BootClock.now();
		Awaitility.await().until(() -> BootClock.now() > before + 2);
		child.reap();
		assertThat(child.lastOwnTick()).isBetween(before, BootClock.now() - 1);
		assertThat(ChildProcess.of(child.pid()).lastOwnTick()).as("of one that is no child").isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void racingThreadsGetTheOneExit() throws Exception {
		int threads = 4;
		CyclicBarrier barrier = new CyclicBarrier(threads);
		for (int round = 0; round < 50; round++) {
			ChildProcess child = spawn("true");
			child.awaitExit();
			List<CompletableFuture<ChildExit>> exits = IntStream.range(0, threads)
				.mapToObj((i) -> CompletableFuture.supplyAsync(() -> {
					await(barrier);
					return Objects.requireNonNull(child.reap());
				}, (task) -> new Thread(task).start()))
				.toList();
			Set<ChildExit> distinct = exits.stream().map(CompletableFuture::join).collect(Collectors.toSet());
			assertThat(distinct).singleElement().extracting(ChildExit::status).isEqualTo(new ExitStatus.Exited(0));
		}
	}

	@Test
	@DisplayName("S222 signalling a finished child is refused")
	void signallingAReapedChildIsRefused() throws IOException {
		ChildProcess child = spawn("true");
		child.awaitExit();
		child.signal(Signal.SIGTERM);
		child.reap();
		assertThatExceptionOfType(ProcessLookupException.class).isThrownBy(() -> child.signal(Signal.SIGTERM))
			.withMessage("Cannot send SIGTERM: process %d has finished", child.pid());
		assertThatExceptionOfType(ProcessLookupException.class).isThrownBy(() -> child.signalGroup(Signal.SIGTERM));
	}

	@Test
	void aGroupIsSignalledWithItsGrandchildren() throws IOException {
		try (TestPipe pipe = new TestPipe()) {
			ChildProcess child = this.spawn.spawn(SpawnRequestBuilder.of("sh", "-c", "sleep 100 & echo started; wait")
				.streams(0, pipe.writeEnd(), 2)
				.processGroup(0)
				.build());
			pipe.closeWriteEnd();
			assertThat(Descriptors.read(pipe.readEnd(), ByteBuffer.allocateDirect(64))).isEqualTo("started\n".length());
			child.signalGroup(Signal.SIGKILL);
			assertThat(CapturedChild.readAll(pipe.readEnd())).as("the grandchild has let go of the pipe").isEmpty();
			child.awaitExit();
			assertThat(child.reap()).extracting(ChildExit::returnCode).isEqualTo(-9);
		}
	}

	@Test
	void aChildInOurGroupHasNoneToSignal() throws IOException {
		ChildProcess child = sleeping();
		assertThatExceptionOfType(ProcessLookupException.class).isThrownBy(() -> child.signalGroup(Signal.SIGKILL))
			.withMessage("Cannot send SIGKILL: there is no process group of process %d", child.pid());
		kill(child);
	}

	@Test
	void theGroupOfProcessOneWouldBeEverybody() {
		assertThatExceptionOfType(ProcessLookupException.class)
			.isThrownBy(() -> ChildProcess.of(1).signalGroup(Signal.SIGWINCH))
			.withMessage("Cannot send SIGWINCH: process 1 leads no group of ours");
	}

	@Test
	@DisplayName("S186 S193 an exit that other code took is lost, never 0")
	void aStolenExitIsLost() throws IOException {
		ChildProcess child = spawn("true");
		child.awaitExit();
		LibC.C.wait4((int) child.pid(), 0, 0, 0);
		child.awaitExit();
		assertThat(child.reap()).satisfies((exit) -> {
			assertThat(exit.returnCode()).isEqualTo(255);
			assertThat(exit.usage()).isNull();
			assertThat(exit.status()).isInstanceOfSatisfying(ExitStatus.Lost.class,
					(lost) -> assertThat(lost.reason()).contains("other code has taken its exit status"));
		});
	}

	@Test
	void aStolenExitIsKnownAfterAPeekAndNoSignalIsSent() throws IOException {
		ChildProcess child = spawn("true");
		LibC.C.wait4((int) child.pid(), 0, 0, 0);
		assertThat(child.peek()).isInstanceOf(ExitStatus.Lost.class);
		assertThatExceptionOfType(ProcessLookupException.class).isThrownBy(() -> child.signal(Signal.SIGTERM))
			.withMessageContaining("has finished");
	}

	@Test
	void aWaitEndsWhenSomebodyElseTakesTheExit() throws IOException {
		ChildProcess child = sleeping();
		CompletableFuture<Void> waiting = CompletableFuture.runAsync(child::awaitExit);
		child.signal(Signal.SIGKILL);
		LibC.C.wait4((int) child.pid(), 0, 0, 0);
		waiting.join();
		assertThat(child.reap()).extracting(ChildExit::returnCode).isEqualTo(255);
	}

	@Test
	void aPidHasOneOwner() throws IOException {
		ChildProcess child = sleeping();
		assertThat(ChildProcess.of(child.pid())).isSameAs(child);
		kill(child);
		assertThat(ChildProcess.of(child.pid())).isNotSameAs(child);
		assertThat(ChildProcess.of(child.pid()).reap()).extracting(ChildExit::returnCode).isEqualTo(255);
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, -4711, 1L << 32 })
	@DisplayName("S164 a pid must be positive")
	void aPidMustBePositive(long pid) {
		assertThatIllegalArgumentException().isThrownBy(() -> ChildProcess.of(pid))
			.withMessage("A pid must be positive, not " + pid);
	}

	@Test
	void whatIsNoChildOfOursIsLost() {
		assertThat(ChildProcess.of(ProcessHandle.current().pid()).reap())
			.satisfies((exit) -> assertThat(exit.status()).isInstanceOfSatisfying(ExitStatus.Lost.class,
					(lost) -> assertThat(lost.reason()).contains("not a child of this process")));
	}

	@Test
	void processorTimeIsTold() throws IOException {
		ChildProcess child = spawn("sh", "-c", "i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done");
		child.awaitExit();
		assertThat(child.reap()).satisfies((exit) -> assertThat(exit.usage())
			.satisfies((usage) -> assertThat(usage.userTime().plus(usage.systemTime())).isPositive()
				.isLessThan(Duration.ofMinutes(1))));
	}

	@Test
	void signalsAndReapingNeverMeetOnARecycledPid() throws IOException {
		for (int i = 0; i < 100; i++) {
			ChildProcess child = spawn("true");
			CompletableFuture<Void> signalling = CompletableFuture.runAsync(() -> signalUntilRefused(child));
			Awaitility.await().pollDelay(Duration.ZERO).until(() -> child.reap() != null);
			signalling.join();
		}
	}

	private static void signalUntilRefused(ChildProcess child) {
		try {
			while (true) {
				child.signal(Signal.SIGCONT);
			}
		}
		catch (ProcessLookupException ex) {
			assertThat(ex).hasMessageContaining("has finished");
		}
	}

	private ChildProcess sleeping() throws IOException {
		return spawn("sleep", "100");
	}

	private ChildProcess spawn(String program, String... arguments) throws IOException {
		return this.spawn.spawn(SpawnRequestBuilder.of(program, arguments).build());
	}

	private static void kill(ChildProcess child) {
		child.signal(Signal.SIGKILL);
		child.awaitExit();
		assertThat(child.reap()).extracting(ChildExit::returnCode).isEqualTo(-9);
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
