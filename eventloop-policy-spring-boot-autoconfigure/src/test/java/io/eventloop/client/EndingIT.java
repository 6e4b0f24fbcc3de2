package io.eventloop.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.eventloop.Signal;
import io.eventloop.Teardown;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import io.eventloop.testsupport.ProcessStat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Commands that are ended, by whatever it is, and what they leave.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(names = { "THREADED", "PIDFD", "SAFE", "NONE" })
@ExtendWith(OutputCaptureExtension.class)
class EndingIT {

	private static final Duration SHORT = Duration.ofMillis(200);

	private static final Teardown QUICK = Teardown.signal(Signal.SIGTERM, Duration.ofMillis(300)).thenKill();

	@RegisterExtension
	private final LoopExtension extension;

	@TempDir
	private Path directory;

	private SubprocessClient client;

	EndingIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	@BeforeEach
	void createClient() {
		this.client = SubprocessClient.create(this.extension.loop());
	}

	@Test
	void aDeadlineEndsTheTree() {
		SubprocessCommand command = tree().timeout(Duration.ofMillis(500));
		assertThatExceptionOfType(SubprocessTimeoutException.class).isThrownBy(command::run)
			.withMessage("sh was still running after 500 ms, its timeout; the teardown ended it with step 'SIGTERM 5s'")
			.satisfies((ex) -> {
				assertThat(ex.phase()).isEqualTo(RunPhase.RUNNING);
				assertThat(ex.step()).isEqualTo(new Teardown.SendSignal(Signal.SIGTERM, Duration.ofSeconds(5)));
			});
		assertThat(aliveOf(pids(2))).isEmpty();
	}

	@Test
	void whoIgnoresTheSignalIsKilled() {
		SubprocessCommand stubborn = this.client.shell("trap '' TERM; sleep 60 & echo $! > pids; wait; wait")
			.directory(this.directory)
			.teardown(QUICK)
			.timeout(Duration.ofMillis(500));
		assertThatExceptionOfType(SubprocessTimeoutException.class).isThrownBy(stubborn::run)
			.satisfies((ex) -> assertThat(ex.step()).isEqualTo(new Teardown.Kill()));
		assertThat(aliveOf(pids(1))).isEmpty();
	}

	@Test
	void aGrandchildThatOutlivesItsLeaderIsKilledToo() {
		SubprocessCommand command = this.client.shell("(trap '' TERM; exec sleep 60) & echo $! > pids; exec sleep 60")
			.directory(this.directory)
			.teardown(QUICK)
			.timeout(Duration.ofMillis(500));
		assertThatExceptionOfType(SubprocessTimeoutException.class).isThrownBy(command::run);
		assertThat(aliveOf(pids(1))).isEmpty();
	}

	@Test
	void cancellingTheFutureEndsTheTree() {
		CompletableFuture<SubprocessResult> run = tree().runAsync();
		List<Long> pids = pids(2);
		assertThat(run.cancel(true)).isTrue();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(run::join);
		Awaitility.await().until(() -> aliveOf(pids).isEmpty());
	}

	@Test
	void givingUpWhatComesAfterTheFutureEndsTheTree() {
		CompletableFuture<Integer> after = tree().runAsync()
			.thenApply(SubprocessResult::returnCode)
			.orTimeout(500, TimeUnit.MILLISECONDS);
		List<Long> pids = pids(2);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(after::join);
		Awaitility.await().until(() -> aliveOf(pids).isEmpty());
	}

	@Test
	void anInterruptEndsTheTreeFirst() throws InterruptedException {
		AtomicReference<Throwable> failure = new AtomicReference<>();
		AtomicReference<Boolean> interrupted = new AtomicReference<>();
		Thread waiting = new Thread(() -> {
			try {
				tree().run();
			}
			catch (SubprocessException ex) {
				interrupted.set(Thread.currentThread().isInterrupted());
				failure.set(ex);
			}
		});
		waiting.start();
		List<Long> pids = pids(2);
		waiting.interrupt();
		waiting.join();
		assertThat(aliveOf(pids)).isEmpty();
		assertThat(interrupted.get()).isTrue();
		assertThat(failure.get()).hasMessage("sh was torn down, as the thread that waited for it was interrupted")
			.hasCauseInstanceOf(InterruptedException.class);
	}

	@Test
	void tooMuchOutputEndsIt() {
		SubprocessCommand yes = this.client.exec("yes").maxOutput(100_000);
		assertThatExceptionOfType(OutputLimitException.class).isThrownBy(yes::run)
			.withMessage("yes has written more than 100000 bytes; raise maxOutput, keep the head and the tail, "
					+ "or read it as it comes")
			.satisfies((ex) -> assertThat(ex.limit()).isEqualTo(100_000));
	}

	@Test
	void tooMuchOutputClimbsTheLadder() {
		Path asked = this.directory.resolve("asked");
		SubprocessCommand command = this.client.shell("trap 'echo > asked; exit' TERM; while :; do echo text; done")
			.directory(this.directory)
			.maxOutput(1000);
		assertThatExceptionOfType(OutputLimitException.class).isThrownBy(command::run);
		assertThat(asked).exists();
	}

	@Test
	void cancellingASubscriptionClimbsTheLadder() {
		HeldSubscription subscriber = new HeldSubscription();
		this.client.shell("trap 'echo > asked; exit' TERM; echo > ready; while :; do sleep 0.05; done")
			.directory(this.directory)
			.lines()
			.subscribe(subscriber);
		Awaitility.await().until(() -> Files.exists(this.directory.resolve("ready")));
		Awaitility.await().until(() -> !this.extension.loop().subprocessTransports().isEmpty());
		subscriber.cancel();
		Awaitility.await().until(() -> Files.exists(this.directory.resolve("asked")));
		Awaitility.await().until(() -> this.extension.loop().subprocessTransports().isEmpty());
	}

	@Test
	void theDeadlineHoldsForStartingToo() throws Exception {
		Path pipe = this.directory.resolve("pipe");
		assertThat(this.client.exec("mkfifo", pipe.toString()).run().returnCode()).isZero();
		SubprocessCommand command = this.client.exec("true").output(pipe).timeout(Duration.ofMillis(300));
		assertThatExceptionOfType(SubprocessTimeoutException.class).isThrownBy(command::run)
			.withMessage("true was still starting after 300 ms, its timeout")
			.satisfies((ex) -> assertThat(ex.phase()).isEqualTo(RunPhase.STARTING));
	}

	@Test
	void headAndTailAreKept() {
		SubprocessResult result = this.client.exec("seq", "1", "100000").keepHeadAndTail(4, 7).run();
		assertThat(result.text()).isEqualTo("1\n2\n100000\n");
		assertThat(result.truncated()).isTrue();
		SubprocessResult whole = this.client.exec("seq", "1", "5").keepHeadAndTail(4, 6).run();
		assertThat(whole.text()).isEqualTo("1\n2\n3\n4\n5\n");
		assertThat(whole.truncated()).isFalse();
	}

	@Test
	void aLargeHeadTakesNoMoreMemoryThanItsOutput() {
		long most = Integer.MAX_VALUE - 8;
		assertThat(this.client.exec("echo", "text").keepHeadAndTail(most, 0).run().text()).isEqualTo("text\n");
		SubprocessCommand echo = this.client.exec("echo");
		assertThatIllegalArgumentException().isThrownBy(() -> echo.keepHeadAndTail(most, 1))
			.withMessageContaining("together more than the 2147483639 that fit into an array");
		assertThatIllegalArgumentException().isThrownBy(() -> echo.keepHeadAndTail(Long.MAX_VALUE, Long.MAX_VALUE));
	}

	@Test
	void anOutputThatAGrandchildHoldsIsLetGo(CapturedOutput output) {
		this.extension.requireWatcher("may end the output of a child that has exited");
		SubprocessResult result = this.client.shell("sleep 60 & echo $! > pids; echo done")
			.directory(this.directory)
			.drainTimeout(Duration.ofMillis(500))
			.run();
		assertThat(result.text()).isEqualTo("done\n");
		assertThat(result.drained()).isFalse();
		assertThat(result.duration()).isLessThan(Duration.ofSeconds(30));
		long grandchild = pids(1).get(0);
		assertThat(aliveOf(List.of(grandchild))).as("what it leaves lives on").isNotEmpty();
		Awaitility.await()
			.untilAsserted(() -> assertThat(output).contains("sh has exited, but its output is held open by")
				.contains(grandchild + " (sleep)")
				.doesNotContain("echo done"));
		ProcessHandle.of(grandchild).ifPresent(ProcessHandle::destroyForcibly);
	}

	@Test
	void whatIsLeftIsEndedAtTheExitWhereItIsWanted() {
		this.extension.requireWatcher("has no groups");
		SubprocessResult result = this.client.shell("sleep 60 & echo $! > pids; echo done")
			.directory(this.directory)
			.endTreeOnExit()
			.run();
		assertThat(result.text()).isEqualTo("done\n");
		assertThat(result.drained()).isTrue();
		assertThat(aliveOf(pids(1))).isEmpty();
	}

	@Test
	void theDeadlineHoldsForDrainingToo() {
		this.extension.requireWatcher("ends the output of a child that has exited");
		SubprocessCommand command = this.client.shell("sleep 60 & echo $! > pids; echo done")
			.directory(this.directory)
			.drainTimeout(Duration.ofSeconds(50))
			.timeout(Duration.ofMillis(700));
		assertThatExceptionOfType(SubprocessTimeoutException.class).isThrownBy(command::run)
			.satisfies((ex) -> assertThat(ex.phase()).isEqualTo(RunPhase.DRAINING));
		assertThat(aliveOf(pids(1))).isEmpty();
	}

	@Test
	void linesAreToldAndNotCollected() {
		List<String> lines = new CopyOnWriteArrayList<>();
		List<String> errors = new CopyOnWriteArrayList<>();
		SubprocessResult result = this.client.shell("printf 'one\\r\\ntwo\\nthree'; echo oops >&2")
			.onLine(lines::add)
			.onErrorLine(errors::add)
			.run();
		assertThat(lines).containsExactly("one", "two", "three");
		assertThat(errors).containsExactly("oops");
		assertThat(result.output()).isNull();
		assertThat(result.errorOutput()).isNull();
	}

	@Test
	void linesAreToldInAnExecutorInOrder() {
		List<String> lines = new CopyOnWriteArrayList<>();
		List<String> threads = new CopyOnWriteArrayList<>();
		this.client.exec("seq", "1", "20000").onLine((line) -> {
			lines.add(line);
			threads.add(Thread.currentThread().getName());
		}, (work) -> new Thread(work, "consumer").start()).run();
		assertThat(lines).hasSize(20000).startsWith("1", "2").endsWith("20000");
		assertThat(threads).containsOnly("consumer");
	}

	@Test
	void aConsumerThatThrowsEndsTheRunAndNotTheLoop() {
		IllegalArgumentException failure = new IllegalArgumentException("enough");
		SubprocessCommand onLoop = this.client.exec("yes").onLine((line) -> {
			throw failure;
		});
		assertThatIllegalArgumentException().isThrownBy(onLoop::run).isSameAs(failure);
		SubprocessCommand elsewhere = this.client.exec("yes").onLine((line) -> {
			throw failure;
		}, (work) -> new Thread(work, "consumer").start());
		assertThatIllegalArgumentException().isThrownBy(elsewhere::run).isSameAs(failure);
		assertThat(this.client.exec("echo", "on").line()).isEqualTo("on");
	}

	@Test
	void aLineThatIsTooLongEndsIt() {
		SubprocessCommand command = this.client.shell("exec tr '\\0' x < /dev/zero").maxLine(1000).onLine((line) -> {
		});
		assertThatExceptionOfType(OutputLimitException.class).isThrownBy(command::run)
			.withMessageContaining("a line of more than 1000 characters");
	}

	@Test
	void theLoopsCloseIsTheRunsEnd() throws InterruptedException {
		CompletableFuture<SubprocessResult> run = tree().runAsync();
		List<Long> pids = pids(2);
		this.extension.close();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(run::join)
			.withCauseInstanceOf(SubprocessException.class);
		if (this.extension.watcher() != null) {
			Awaitility.await().until(() -> aliveOf(pids).isEmpty());
		}
		pids.forEach((pid) -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
	}

	@Test
	void aSignalThatTheLoopCannotSendIsRefused() {
		SubprocessCommand command = this.client.exec("true").teardown(Teardown.signal(Signal.SIGINT, SHORT).thenKill());
		if (this.extension.watcher() != null) {
			assertThat(command.run().returnCode()).isZero();
		}
		else {
			assertThatExceptionOfType(SubprocessException.class).isThrownBy(command::run)
				.withMessageContaining("sends SIGTERM and SIGKILL alone; leave SIGINT out");
		}
	}

	/**
	 * Return a shell with a child, which write their pids to a file.
	 */
	private SubprocessCommand tree() {
		return this.client.shell("sleep 60 & echo $! > pids; echo $$ >> pids; wait").directory(this.directory);
	}

	private List<Long> pids(int count) {
		Path file = this.directory.resolve("pids");
		Awaitility.await().until(() -> Files.exists(file) && lines(file).size() == count);
		return lines(file).stream().map(Long::valueOf).toList();
	}

	private static List<String> lines(Path file) {
		try {
			return Files.readAllLines(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<ProcessStat> aliveOf(List<Long> pids) {
		return pids.stream()
			.flatMap((pid) -> ProcessStat.find(pid).stream())
			.filter((stat) -> stat.state() != 'Z')
			.toList();
	}

}
