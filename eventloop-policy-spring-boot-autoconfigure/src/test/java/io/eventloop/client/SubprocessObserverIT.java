package io.eventloop.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.eventloop.ExitStatus;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What observers are told of real runs.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(names = { "THREADED", "PIDFD", "NONE" })
class SubprocessObserverIT {

	@RegisterExtension
	private final LoopExtension extension;

	private final List<RunRequest> requests = new CopyOnWriteArrayList<>();

	private final List<String> started = new CopyOnWriteArrayList<>();

	private final BlockingQueue<RunReport> reports = new LinkedBlockingQueue<>();

	private SubprocessClient client;

	SubprocessObserverIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	@BeforeEach
	void createClient() {
		this.client = SubprocessClient.builder(this.extension.loop()).observer(this::begin).build();
	}

	private SubprocessObserver.Run begin(RunRequest request) {
		this.requests.add(request);
		return new SubprocessObserver.Run() {

			@Override
			public Map<String, String> environment() {
				return Map.of("SEEN", "by the observer", "OWN", "by the observer");
			}

			@Override
			public void started(String program, long pid) {
				SubprocessObserverIT.this.started.add(program + " " + pid);
			}

			@Override
			public void ended(RunReport report) {
				SubprocessObserverIT.this.reports.add(report);
			}

		};
	}

	private RunReport report() throws InterruptedException {
		RunReport report = this.reports.poll(20, TimeUnit.SECONDS);
		assertThat(report).as("a report").isNotNull();
		return report;
	}

	@Test
	void aGoodRunIsReportedBeforeItsCallerHasTheResult() throws Exception {
		this.client.exec("sh", "-c", "cat; echo oops >&2").input("text").run();
		assertThat(this.reports).as("reports when run() has returned").hasSize(1);
		RunReport report = report();
		assertThat(this.requests).containsExactly(new RunRequest("sh", "sh", List.of()));
		assertThat(report.outcome()).isEqualTo(RunOutcome.SUCCEEDED);
		assertThat(report.failure()).isNull();
		assertThat(report.status()).isEqualTo(new ExitStatus.Exited(0));
		assertThat(report.inputBytes()).hasValue(4);
		assertThat(report.outputBytes()).hasValue(9);
		assertThat(report.duration()).isPositive().isGreaterThanOrEqualTo(report.waited());
		assertThat(this.started).containsExactly("sh " + report.pid().getAsLong());
	}

	@Test
	void whatItsProgramsUsedIsReported() throws Exception {
		this.extension.requireWatcher("does not tell what a child used");
		this.client.shell("exit 0").pipeTo(this.client.exec("cat")).run();
		RunReport report = report();
		assertThat(report.usage()).isNotNull();
		assertThat(this.requests.get(0).command()).isEqualTo("sh | cat");
		assertThat(this.started).hasSize(2);
	}

	@Test
	void inputAndOutputOfPipelinesAreThoseOfTheirEnds() throws Exception {
		this.client.exec("cat").input("one\ntwo\n").pipeTo(this.client.exec("head", "-n1")).run();
		RunReport report = report();
		assertThat(report.inputBytes()).hasValue(8);
		assertThat(report.outputBytes()).hasValue(4);
	}

	@Test
	void whatGoesElsewhereHasNoBytes() throws Exception {
		this.client.exec("true").discardOutput().errorsToOutput().run();
		RunReport report = report();
		assertThat(report.inputBytes()).isEmpty();
		assertThat(report.outputBytes()).isEmpty();
	}

	@Test
	void failuresHaveTheirOutcome() throws Exception {
		assertOutcome(this.client.shell("exit 3"), RunOutcome.FAILED);
		assertOutcome(this.client.exec("/nowhere/program"), RunOutcome.NOT_STARTED);
		assertOutcome(this.client.shell("yes").maxOutput(1), RunOutcome.OUTPUT_LIMIT);
		assertOutcome(this.client.exec("sleep", "60").timeout(Duration.ofMillis(100)), RunOutcome.TIMED_OUT);
		assertOutcome(this.client.exec("echo").onLine((line) -> {
			throw new IllegalStateException("expected");
		}), RunOutcome.ERROR);
	}

	private void assertOutcome(SubprocessCommand command, RunOutcome outcome) throws Exception {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(command::run);
		RunReport report = report();
		assertThat(report.outcome()).isEqualTo(outcome);
		assertThat(report.failure()).isNotNull();
		boolean started = outcome != RunOutcome.NOT_STARTED && outcome != RunOutcome.REJECTED;
		assertThat(report.pid().isPresent()).isEqualTo(started);
	}

	@Test
	void aSignalIsAnOutcomeOfItsOwn() throws Exception {
		this.extension.requireWatcher("takes a signal for an exit code");
		assertOutcome(this.client.shell("kill -9 $$"), RunOutcome.SIGNALED);
	}

	@Test
	void aCancelledRunIsReportedWhenItIsOver() throws Exception {
		CompletableFuture<SubprocessResult> future = this.client.exec("sleep", "60").runAsync();
		Awaitility.await().until(() -> !this.started.isEmpty());
		future.cancel(true);
		RunReport report = report();
		assertThat(report.outcome()).isEqualTo(RunOutcome.CANCELLED);
		assertThat(report.status()).as("the status of the child that was torn down").isNotNull();
	}

	@Test
	void theWaitForAPlaceIsReported() throws Exception {
		ConcurrencyLimit limit = ConcurrencyLimit.of("one", 1, 1);
		SubprocessCommand cat = this.client.exec("cat").limit(limit);
		try (RunningSubprocess first = cat.start().join()) {
			CompletableFuture<SubprocessResult> second = cat.runAsync();
			Awaitility.await().until(() -> limit.queued() == 1);
			assertOutcome(cat, RunOutcome.REJECTED);
			first.stdin().close();
			assertThat(second).succeedsWithin(Duration.ofSeconds(20));
		}
		RunReport byHand = report();
		assertThat(byHand.waited()).isLessThan(byHand.duration());
		assertThat(byHand.outputBytes()).as("bytes of a run that is read by hand").isEmpty();
		RunReport second = report();
		assertThat(second.waited()).isPositive().isLessThan(second.duration());
		assertThat(this.requests.get(0).limits()).containsExactly(limit);
	}

	@Test
	void publishersAreObserved() throws Exception {
		HeldSubscription subscriber = new HeldSubscription();
		this.client.exec("sleep", "60").lines().subscribe(subscriber);
		Awaitility.await().until(() -> !this.started.isEmpty());
		subscriber.cancel();
		assertThat(report().outcome()).isEqualTo(RunOutcome.CANCELLED);
	}

	@Test
	void aRunThatIsCancelledWhileItBeginsIsReportedOnce() throws Exception {
		HeldSubscription subscriber = new HeldSubscription();
		SubprocessClient cancelled = SubprocessClient.builder(this.extension.loop()).observer((request) -> {
			subscriber.cancel();
			waitForTheLoop();
			return begin(request);
		}).build();
		cancelled.exec("sleep", "60").lines().subscribe(subscriber);
		RunReport report = report();
		assertThat(report.outcome()).isEqualTo(RunOutcome.CANCELLED);
		assertThat(report.pid()).isEmpty();
		waitForTheLoop();
		assertThat(this.reports).isEmpty();
	}

	private void waitForTheLoop() {
		try {
			this.extension.run(() -> {
			});
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void variablesOfObserversAreUnderThoseOfTheCommand() {
		SubprocessCommand print = this.client.shell("echo $SEEN, $OWN").environment("OWN", "by the command");
		assertThat(print.line()).isEqualTo("by the observer, by the command");
		assertThat(print.cleanEnvironment().line()).isEqualTo("by the observer, by the command");
		assertThat(print.environment("SEEN", null).line()).isEqualTo(", by the command");
	}

	@Test
	void anObserverThatThrowsHarmsNoRunAndNoOtherObserver() throws Exception {
		SubprocessClient faulty = SubprocessClient.builder(this.extension.loop()).observer((request) -> {
			throw new IllegalStateException("expected of begin");
		}).observer((request) -> (report) -> {
			throw new IllegalStateException("expected of ended");
		}).observer(this::begin).build();
		assertThat(faulty.exec("echo", "text").run().bytes()).isEqualTo("text\n".getBytes(StandardCharsets.UTF_8));
		assertThat(report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
	}

}
