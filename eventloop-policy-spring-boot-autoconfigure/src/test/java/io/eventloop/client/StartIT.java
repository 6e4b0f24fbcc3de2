package io.eventloop.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.eventloop.ChildLimits;
import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.Signal;
import io.eventloop.Teardown;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import io.eventloop.testsupport.Proc;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Commands whose streams are written and read by hand, and pipelines.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(names = { "THREADED", "PIDFD", "NONE" })
class StartIT {

	@RegisterExtension
	private final LoopExtension extension;

	private SubprocessClient client;

	StartIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	@BeforeEach
	void createClient() {
		this.client = SubprocessClient.create(this.extension.loop());
	}

	@Test
	void aLoopThatHasAsManyChildrenAsItMayRejects() {
		this.extension.loop().setChildLimits(ChildLimits.DEFAULT.withMaxActive(1));
		try (RunningSubprocess running = this.client.exec("cat").start().join()) {
			assertThatExceptionOfType(SubprocessRejectedException.class)
				.isThrownBy(() -> this.client.exec("true").run())
				.withMessageStartingWith("true cannot be started: ")
				.withMessageContaining("eventloop.children.max-active");
			assertThat(running.pid()).isPositive();
		}
	}

	@Test
	void itIsWrittenAndReadByHand() {
		List<String> errors = new CopyOnWriteArrayList<>();
		try (RunningSubprocess running = this.client.shell("echo started >&2; cat")
			.onErrorLine(errors::add)
			.start()
			.join()) {
			running.stdin().write("line\n".getBytes(UTF_8));
			assertThat(running.stdout().readLine().join()).asString().isEqualTo("line\n");
			Awaitility.await().until(() -> errors.contains("started"));
			running.stdin().close();
			assertThat(running.onExit().join()).isZero();
			assertThat(running.result().join().returnCode()).isZero();
			assertThatIllegalStateException().isThrownBy(() -> running.result().join().text());
		}
	}

	@Test
	void closingEndsIt() {
		RunningSubprocess running = this.client.exec("sleep", "60").start().join();
		running.close();
		assertThat(running.subprocess().returnCode()).isPresent();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> running.result().join());
		running.close();
	}

	@Test
	void closingWaitsNoLongerThanTheLadder() throws InterruptedException {
		CountDownLatch goOn = new CountDownLatch(1);
		RunningSubprocess running = this.client.exec("sleep", "60").teardown(Teardown.kill()).start().join();
		this.extension.loop().callSoonThreadsafe(() -> {
			try {
				goOn.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		running.close();
		assertThat(running.subprocess().returnCode()).as("the child of a loop that stands still").isEmpty();
		goOn.countDown();
		assertThat(running.onExit().join()).isEqualTo(this.extension.killedBy(9));
	}

	@Test
	void closingOnTheLoopDoesNotWait() throws Exception {
		RunningSubprocess running = this.client.exec("sleep", "60").start().join();
		this.extension.run(running::close);
		assertThat(running.onExit().join()).isNotZero();
	}

	@Test
	void closingOnTheLoopClimbsTheLadderToo() throws Exception {
		RunningSubprocess running = this.client.shell("trap 'exit 7' TERM; sleep 60 & echo $!; wait")
			.teardown(Teardown.signal(Signal.SIGTERM, Duration.ofSeconds(30)).thenKill())
			.start()
			.join();
		long sleep = Long.parseLong(new String(running.stdout().readLine().join()).strip());
		// Until then it has the shell's trap
		Awaitility.await().until(() -> Proc.commandLine(sleep).startsWith("sleep"));
		this.extension.run(running::close);
		assertThat(running.onExit().join()).as("what the child says to SIGTERM").isEqualTo(7);
		Awaitility.await().until(() -> this.extension.loop().subprocessTransports().isEmpty());
		Awaitility.await().until(() -> Proc.state(sleep) == Proc.GONE || Proc.state(sleep) == Proc.ZOMBIE);
	}

	@Test
	void filesAndStreamsAreNotForTheHand(@TempDir Path directory) throws IOException {
		Path input = Files.writeString(directory.resolve("input"), "text");
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		try (RunningSubprocess running = this.client.exec("cat").input(input).output(output).start().join()) {
			assertThat(running.result().join().returnCode()).isZero();
			assertThat(output).hasToString("text");
			assertThatIllegalStateException().isThrownBy(running::stdin);
		}
	}

	@Test
	void aFailureIsInTheResult() {
		RunningSubprocess running = this.client.shell("exit 3").start().join();
		assertThat(running.onExit().join()).isEqualTo(3);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> running.result().join())
			.withCauseInstanceOf(SubprocessFailedException.class);
		running.close();
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> this.client.exec("no-such-program").start().join())
			.havingCause()
			.isInstanceOf(SubprocessException.class)
			.withCauseInstanceOf(NoSuchFileException.class);
	}

	@Test
	void itsDeadlineEndsIt() {
		RunningSubprocess running = this.client.exec("sleep", "60").timeout(Duration.ofMillis(300)).start().join();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> running.result().join())
			.withCauseInstanceOf(SubprocessTimeoutException.class);
		running.close();
	}

	@Test
	void anInputByHandIsTheOnlyOne() {
		assertThatIllegalStateException().isThrownBy(() -> this.client.exec("cat").input("text").start())
			.withMessageContaining("leave the input out to write to stdin()");
		SubprocessCommand pipeline = this.client.exec("echo").pipeTo(this.client.exec("cat"));
		assertThatIllegalStateException().isThrownBy(pipeline::start).withMessageContaining("is a pipeline");
	}

	@Test
	void whatOneWritesTheNextReads() {
		SubprocessResult result = this.client.exec("seq", "1", "100000")
			.pipeTo(this.client.exec("grep", "7"))
			.pipeTo(this.client.exec("wc", "-l"))
			.run();
		assertThat(result.line().strip()).isEqualTo("40951");
		assertThat(this.client.exec("cat").input("fed").pipeTo(this.client.exec("cat")).run().text()).isEqualTo("fed");
	}

	@Test
	void aWriterThatFailsFailsThePipeline() {
		SubprocessCommand pipeline = this.client.shell("echo oops >&2; exit 2").pipeTo(this.client.exec("cat"));
		assertThatExceptionOfType(SubprocessFailedException.class).isThrownBy(pipeline::run)
			.withMessage("sh ended with exit code 2: oops");
		SubprocessCommand missing = this.client.exec("no-such-program").pipeTo(this.client.exec("cat"));
		assertThatExceptionOfType(SubprocessException.class).isThrownBy(missing::run)
			.withMessageStartingWith("no-such-program | cat cannot be started: ");
	}

	@Test
	void aWriterWhoseReaderHasEndedIsNoFailure() {
		assertThat(this.client.exec("yes").pipeTo(this.client.exec("head", "-n", "2")).run().text())
			.isEqualTo("y\ny\n");
	}

	@Test
	void thePipelinesDeadlineEndsAllOfIt() {
		SubprocessCommand pipeline = this.client.exec("sleep", "60")
			.pipeTo(this.client.exec("cat").timeout(Duration.ofMillis(300)));
		assertThatExceptionOfType(SubprocessTimeoutException.class).isThrownBy(pipeline::run)
			.withMessageStartingWith("sleep | cat was still running after 300 ms");
		assertThat(this.extension.loop().subprocessTransports()).isEmpty();
	}

	@Test
	void pipelinesThatMakeNoSenseAreRefused() {
		SubprocessCommand echo = this.client.exec("echo");
		assertThatIllegalStateException().isThrownBy(() -> echo.pipeTo(this.client.exec("cat").input("text")))
			.withMessage("cat has an input, and cannot read what echo writes too; leave one of them out");
		assertThatIllegalStateException().isThrownBy(() -> echo.discardOutput().pipeTo(this.client.exec("cat")))
			.withMessage("The output of echo goes elsewhere, so cat cannot read it; leave out what sends it there");
		assertThatIllegalStateException().isThrownBy(() -> echo.pipeTo(this.client.exec("cat")).input("text"));
		try (EventLoop other = EventLoops.newEventLoop()) {
			SubprocessCommand stranger = SubprocessClient.create(other).exec("cat");
			assertThatIllegalArgumentException().isThrownBy(() -> echo.pipeTo(stranger))
				.withMessage("echo cannot write to a command of another loop; make both with clients of the same loop");
		}
	}

	@Test
	void asManyRunAsMay() {
		ConcurrencyLimit limit = ConcurrencyLimit.of(2);
		SubprocessCommand command = this.client.shell("sleep 0.1").limit(limit);
		List<Integer> most = new CopyOnWriteArrayList<>();
		List<CompletableFuture<SubprocessResult>> runs = IntStream.range(0, 8)
			.mapToObj((i) -> command.runAsync()
				.whenComplete((result, failure) -> most.add(this.extension.loop().subprocessTransports().size())))
			.toList();
		runs.forEach(CompletableFuture::join);
		assertThat(most).allMatch((count) -> count <= 2);
		assertThat(limit.running()).isZero();
		assertThat(limit.queued()).isZero();
	}

	@Test
	void waitingForAPlaceIsWithinTheDeadline() {
		SubprocessCommand command = this.client.exec("sleep", "60").limit(ConcurrencyLimit.of(1, 1));
		try (RunningSubprocess running = command.start().join()) {
			assertThatExceptionOfType(SubprocessTimeoutException.class)
				.isThrownBy(() -> command.timeout(Duration.ofMillis(200)).run())
				.withMessage("sleep was still waiting for a free place after 200 ms, its timeout");
			command.runAsync().cancel(true);
			CompletableFuture<SubprocessResult> waiting = command.runAsync();
			assertThatExceptionOfType(SubprocessRejectedException.class).isThrownBy(command::run);
			waiting.cancel(true);
			assertThat(running.subprocess().returnCode()).isEmpty();
		}
	}

}
