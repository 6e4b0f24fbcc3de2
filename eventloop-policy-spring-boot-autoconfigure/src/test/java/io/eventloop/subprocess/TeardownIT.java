package io.eventloop.subprocess;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.eventloop.LoopFuture;
import io.eventloop.Signal;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.Teardown;
import io.eventloop.Teardown.Outcome;
import io.eventloop.testsupport.ProcessStat;
import io.eventloop.testsupport.RecordingContainment;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
@ParameterizedClass
@EnumSource(names = { "THREADED", "PIDFD", "IO_URING", "SAFE", "NONE" })
class TeardownIT {

	private static final Duration NEVER = Duration.ofSeconds(50);

	private static final Duration SHORT = Duration.ofMillis(100);

	private static final Teardown PATIENT = Teardown.closeInput(NEVER).then(Signal.SIGTERM, NEVER).thenKill();

	@RegisterExtension
	private final LoopExtension extension;

	TeardownIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	@Test
	void aChildThatReadsItsInputEndsWithIt() {
		Subprocess cat = this.extension.start(SubprocessSpec.exec("cat").pipes());
		cat.stdin().write("all".getBytes(StandardCharsets.UTF_8));
		Outcome outcome = cat.end(PATIENT).join();
		assertThat(outcome).isEqualTo(new Outcome(true, PATIENT.steps().get(0)));
		assertThat(cat.onExit().join()).isZero();
		assertThat(cat.stdout().read().join()).asString().isEqualTo("all");
	}

	@Test
	void aChildWithoutAPipeIsSignalledAtOnce() {
		Subprocess sleep = this.extension.start(SubprocessSpec.exec("sleep", "60"));
		Outcome outcome = sleep.end(PATIENT).join();
		assertThat(outcome).isEqualTo(new Outcome(true, PATIENT.steps().get(1)));
		assertThat(sleep.onExit().join()).isEqualTo(this.extension.killedBy(15));
	}

	@Test
	void anInputThatIsClosedIsNotWaitedFor() {
		Subprocess sleep = this.extension.start(SubprocessSpec.exec("sleep", "60").pipes());
		sleep.stdin().close();
		Outcome outcome = sleep.end(PATIENT).join();
		assertThat(outcome).isEqualTo(new Outcome(true, PATIENT.steps().get(1)));
	}

	@Test
	void aChildThatIgnoresAllIsKilled() {
		Subprocess stubborn = stubborn();
		Teardown ladder = Teardown.closeInput(SHORT).then(Signal.SIGTERM, SHORT).thenKill();
		Outcome outcome = stubborn.end(ladder).join();
		assertThat(outcome).isEqualTo(new Outcome(true, new Teardown.Kill()));
		assertThat(stubborn.onExit().join()).isEqualTo(this.extension.killedBy(9));
	}

	@Test
	void theEndOfALadderWithoutAKillIsTold() {
		Subprocess stubborn = stubborn();
		Teardown ladder = Teardown.signal(Signal.SIGTERM, SHORT);
		Outcome outcome = stubborn.end(ladder).join();
		assertThat(outcome).isEqualTo(new Outcome(false, ladder.steps().get(0)));
		assertThat(stubborn.returnCode()).isEmpty();
		stubborn.end(Teardown.kill()).join();
	}

	@Test
	void theWholeGroupIsSignalled() {
		this.extension.requireWatcher("has no groups");
		Subprocess shell = this.extension
			.start(SubprocessSpec.shell("sleep 60 & echo $!; wait").pipes().processGroup(0));
		long grandchild = Long.parseLong(new String(shell.stdout().readLine().join(), StandardCharsets.UTF_8).strip());
		Teardown ladder = Teardown.signal(Signal.SIGTERM, NEVER).thenKill();
		assertThat(shell.end(ladder).join().ended()).isTrue();
		Awaitility.await().until(() -> ProcessStat.find(grandchild).filter((stat) -> stat.state() != 'Z').isEmpty());
	}

	@Test
	void aChildThatHasEndedIsLeftAlone() {
		Subprocess ended = this.extension.start(SubprocessSpec.exec("true"));
		ended.onExit().join();
		assertThat(ended.end(PATIENT).join()).isEqualTo(new Outcome(true, null));
	}

	@Test
	void aSecondLadderIsClimbedBesideTheFirst() {
		Subprocess stubborn = stubborn();
		LoopFuture<Outcome> patient = stubborn.end(Teardown.signal(Signal.SIGTERM, NEVER).thenKill());
		Outcome impatient = stubborn.end(Teardown.signal(Signal.SIGTERM, SHORT).thenKill()).join();
		assertThat(impatient).isEqualTo(new Outcome(true, new Teardown.Kill()));
		assertThat(patient.join()).isEqualTo(new Outcome(true, new Teardown.SendSignal(Signal.SIGTERM, NEVER)));
	}

	@Test
	void cancellingTheFutureStopsNothing() {
		Subprocess stubborn = stubborn();
		LoopFuture<Outcome> end = stubborn.end(Teardown.signal(Signal.SIGTERM, SHORT).thenKill());
		assertThat(end.cancel(true)).isTrue();
		assertThat(stubborn.onExit().join()).isEqualTo(this.extension.killedBy(9));
	}

	@Test
	void theFirstStepIsTakenAtOnceOnTheLoop() throws Exception {
		Subprocess cat = this.extension.start(SubprocessSpec.exec("cat").pipes());
		LoopFuture<Outcome> end = this.extension.call(() -> {
			LoopFuture<Outcome> begun = cat.end(PATIENT);
			assertThat(cat.stdin().isClosing()).isTrue();
			return begun;
		});
		assertThat(end.join().step()).isEqualTo(PATIENT.steps().get(0));
	}

	@Test
	void aChildThatIsAskedToEndSaysSo() {
		Subprocess stubborn = stubborn();
		assertThat(stubborn.transport().isEnding()).isFalse();
		LoopFuture<Outcome> end = stubborn.end(Teardown.signal(Signal.SIGTERM, SHORT).thenKill());
		assertThat(stubborn.transport().isEnding()).isTrue();
		end.join();
	}

	@Test
	void theEndOfAKilledTreeIsWaitedFor() {
		CompletableFuture<Void> reached = new CompletableFuture<>();
		RecordingContainment containment = new RecordingContainment();
		containment.killed = reached;
		this.extension.loop().setChildContainment(containment);
		Subprocess stubborn = stubborn();
		LoopFuture<Outcome> end = stubborn.end(Teardown.kill());
		stubborn.onExit().join();
		assertThat(end).isNotDone();
		reached.complete(null);
		assertThat(end.join()).isEqualTo(new Outcome(true, new Teardown.Kill()));
	}

	@Test
	void aSignalThatCannotBeSentIsSkipped() {
		Subprocess sleep = this.extension.start(SubprocessSpec.exec("sleep", "60"));
		Teardown ladder = Teardown.signal(Signal.SIGUSR1, NEVER).then(Signal.SIGTERM, NEVER).thenKill();
		Outcome outcome = sleep.end(ladder).join();
		boolean hasSignals = this.extension.watcher() != null;
		assertThat(outcome).isEqualTo(new Outcome(true, ladder.steps().get(hasSignals ? 0 : 1)));
	}

	@Test
	void manyAreEndedAtOnce() {
		List<Subprocess> children = IntStream.range(0, 200)
			.mapToObj((i) -> this.extension.loop()
				.subprocess((i % 2 == 0) ? SubprocessSpec.exec("cat").pipes() : SubprocessSpec.exec("sleep", "60")))
			.toList()
			.stream()
			.map(LoopFuture::join)
			.toList();
		List<LoopFuture<Outcome>> ends = children.stream().map((child) -> child.end(PATIENT)).toList();
		CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new)).join();
		assertThat(ends).allSatisfy((end) -> assertThat(end.join().ended()).isTrue());
		assertThat(children).allSatisfy((child) -> assertThat(child.returnCode()).isPresent());
	}

	@Test
	void theLoopsCloseEndsARun() throws InterruptedException {
		Subprocess stubborn = stubborn();
		LoopFuture<Outcome> end = stubborn.end(Teardown.signal(Signal.SIGTERM, NEVER));
		this.extension.close();
		assertThat(end.join().ended()).isTrue();
		assertThat(stubborn.end(PATIENT).join().ended()).isTrue();
	}

	@Test
	void theCloseOfAStoppedLoopEndsARunThatCouldNotBegin() throws InterruptedException {
		Subprocess stubborn = stubborn();
		this.extension.stop();
		LoopFuture<Outcome> end = stubborn.end(PATIENT);
		this.extension.close();
		assertThat(end).isCompletedWithValueMatching(Outcome::ended);
	}

	/**
	 * Start a shell that ends neither with its input nor at SIGTERM, in one process.
	 */
	private Subprocess stubborn() {
		Subprocess shell = this.extension.shell("trap '' TERM; echo ready; exec sleep 60");
		shell.stdout().readLine().join();
		return shell;
	}

}
