package io.eventloop.supervision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.eventloop.SubprocessSpec;
import io.eventloop.client.test.SteppedEventLoop;
import io.eventloop.supervision.TestChildren.Child;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * When a supervised process is started, and when no more; on a virtual clock.
 */
@Timeout(20)
class SupervisionTests {

	private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), 2, 0.5,
			Duration.ofMinutes(5));

	private final SteppedEventLoop loop = new SteppedEventLoop();

	private final TestChildren children = new TestChildren(this.loop);

	private final SupervisionSettings settings = SupervisionSettings.of(SubprocessSpec.exec("server"))
		.backoff(BACKOFF)
		.startLimit(new StartLimit(100, Duration.ofMinutes(10)));

	private double random = 0.5;

	@AfterEach
	void close() {
		this.loop.close();
	}

	private LoopSupervisedProcess process(SupervisionSettings used, SupervisedProcess... dependencies) {
		LoopSupervisedProcess process = new LoopSupervisedProcess(this.loop, "server", used, List.of(dependencies),
				this.children::start, () -> this.random);
		process.endWithLoop();
		return process;
	}

	private LoopSupervisedProcess started(SupervisionSettings used) {
		LoopSupervisedProcess process = process(used);
		process.start();
		this.loop.settle();
		return process;
	}

	private void exit(int code) {
		this.children.last().exit(code);
		this.loop.settle();
	}

	@Test
	void isReadyAsSoonAsItIsLaunched() {
		this.children.launchAtOnce = false;
		LoopSupervisedProcess process = process(this.settings);
		CompletableFuture<Generation> ready = process.start();
		this.loop.settle();
		assertThat(process.state()).isEqualTo(SupervisionState.STARTING);
		this.children.last().launched.complete(this.children.last());
		this.loop.settle();
		assertThat(ready.join().number()).isEqualTo(1);
		assertThat(process.state()).isEqualTo(SupervisionState.READY);
		assertThat(process.current()).contains(ready.join());
	}

	@Test
	void eachFailureDoublesTheDelay() {
		started(this.settings);
		for (int seconds : new int[] { 1, 2, 4, 8, 8 }) {
			int before = this.children.started.size();
			exit(1);
			this.loop.advance(Duration.ofSeconds(seconds).minusMillis(1));
			assertThat(this.children.started).hasSize(before);
			this.loop.advance(Duration.ofMillis(1));
			assertThat(this.children.started).hasSize(before + 1);
		}
	}

	@Test
	void jitterLengthensTheDelay() {
		this.random = 1;
		started(this.settings);
		exit(1);
		this.loop.advance(Duration.ofMillis(1499));
		assertThat(this.children.started).hasSize(1);
		this.loop.advance(Duration.ofMillis(1));
		assertThat(this.children.started).hasSize(2);
	}

	@Test
	void theDelayIsTheFirstAgainAfterALongRun() {
		started(this.settings);
		exit(1);
		this.loop.advance(Duration.ofSeconds(1));
		exit(1);
		this.loop.advance(Duration.ofSeconds(2));
		this.loop.advance(Duration.ofMinutes(5));
		exit(1);
		this.loop.advance(Duration.ofSeconds(1));
		assertThat(this.children.started).hasSize(4);
	}

	@Test
	void theDelayGrowsAfterAShortRun() {
		started(this.settings);
		exit(1);
		this.loop.advance(Duration.ofSeconds(1));
		this.loop.advance(Duration.ofMinutes(5).minusMillis(1));
		exit(1);
		this.loop.advance(Duration.ofSeconds(1));
		assertThat(this.children.started).hasSize(2);
	}

	@Test
	void failsAtTheStartLimitUntilRestartedByHand() {
		LoopSupervisedProcess process = started(this.settings.startLimit(new StartLimit(3, Duration.ofMinutes(10))));
		for (int i = 0; i < 3; i++) {
			exit(7);
			this.loop.advance(Duration.ofMinutes(1));
		}
		assertThat(process.state()).isEqualTo(SupervisionState.FAILED);
		assertThat(this.children.started).hasSize(3);
		this.loop.advance(Duration.ofHours(1));
		CompletableFuture<Generation> ready = process.whenReady();
		this.loop.settle();
		assertThatThrownBy(ready::join).hasCauseInstanceOf(SupervisionException.class)
			.hasMessageContaining("server exited with code 7; it was started 3 times within PT10M, its start limit");
		CompletableFuture<Generation> again = process.restart();
		this.loop.settle();
		assertThat(again.join().number()).isEqualTo(4);
	}

	@Test
	void aHundredKillsFollowTheBackoffAndStopAtTheLimit() {
		LoopSupervisedProcess process = started(this.settings.startLimit(new StartLimit(100, Duration.ofHours(1))));
		for (int i = 1; i < 100; i++) {
			exit(-9);
			assertThat(process.state()).isEqualTo(SupervisionState.BACKING_OFF);
			this.loop.advance(Duration.ofSeconds(Math.min(8, 1L << Math.min(i - 1, 3))).minusMillis(1));
			assertThat(this.children.started).hasSize(i);
			this.loop.advance(Duration.ofMillis(1));
			assertThat(this.children.started).hasSize(i + 1);
		}
		exit(-9);
		this.loop.advance(Duration.ofHours(2));
		assertThat(process.state()).isEqualTo(SupervisionState.FAILED);
		assertThat(this.children.started).hasSize(100);
		assertThat(process.status().problem()).contains("killed by SIGKILL", "started 100 times within PT1H");
	}

	@Test
	void startsThatAreLongAgoDoNotCount() {
		LoopSupervisedProcess process = started(this.settings.startLimit(new StartLimit(2, Duration.ofMinutes(10))));
		for (int i = 0; i < 5; i++) {
			this.loop.advance(Duration.ofMinutes(11));
			exit(1);
			this.loop.advance(Duration.ofSeconds(1));
		}
		assertThat(process.state()).isEqualTo(SupervisionState.READY);
		assertThat(process.status().restarts()).isEqualTo(5);
	}

	@Test
	void aGoodEndIsNotRestarted() {
		LoopSupervisedProcess process = started(this.settings);
		exit(0);
		this.loop.advance(Duration.ofHours(1));
		assertThat(process.state()).isEqualTo(SupervisionState.STOPPED);
		assertThat(this.children.started).hasSize(1);
		CompletableFuture<Generation> ready = process.whenReady();
		this.loop.settle();
		assertThatThrownBy(ready::join).hasMessageContaining("exited with code 0");
	}

	@Test
	void aGoodEndIsRestartedAlways() {
		started(this.settings.restart(RestartPolicy.ALWAYS));
		exit(0);
		this.loop.advance(Duration.ofSeconds(1));
		assertThat(this.children.started).hasSize(2);
	}

	@Test
	void aFailureIsNeverRestarted() {
		LoopSupervisedProcess process = started(this.settings.restart(RestartPolicy.NEVER));
		exit(1);
		this.loop.advance(Duration.ofHours(1));
		assertThat(process.state()).isEqualTo(SupervisionState.FAILED);
		assertThat(this.children.started).hasSize(1);
	}

	@Test
	void aFailedLaunchIsRetried() {
		this.children.launchAtOnce = false;
		LoopSupervisedProcess process = started(this.settings);
		this.children.last().launched.completeExceptionally(new IllegalStateException("no such program"));
		this.loop.settle();
		assertThat(process.state()).isEqualTo(SupervisionState.BACKING_OFF);
		assertThat(process.status().problem()).contains("server could not be started: no such program");
		this.loop.advance(Duration.ofSeconds(1));
		assertThat(this.children.started).hasSize(2);
	}

	@Test
	void restartWhileBackingOffStartsAtOnceAndForgetsFailures() {
		LoopSupervisedProcess process = started(this.settings);
		exit(1);
		this.loop.advance(Duration.ofSeconds(1));
		exit(1);
		CompletableFuture<Generation> ready = process.restart();
		this.loop.settle();
		assertThat(ready.join().number()).isEqualTo(3);
		this.loop.advance(Duration.ofSeconds(2));
		assertThat(this.children.started).hasSize(3);
		exit(1);
		this.loop.advance(Duration.ofSeconds(1));
		assertThat(this.children.started).hasSize(4);
	}

	@Test
	void theNextChildWaitsUntilTheLastIsGone() {
		this.children.endAtOnce = false;
		LoopSupervisedProcess process = started(this.settings);
		Child first = this.children.last();
		CompletableFuture<Generation> ready = process.restart();
		this.loop.advance(Duration.ofMinutes(1));
		assertThat(first.asked).isEqualTo(1);
		assertThat(this.children.started).hasSize(1);
		assertThat(process.current()).isEmpty();
		exit(-15);
		assertThat(ready.join().number()).isEqualTo(2);
	}

	@Test
	void stopWhileStartingEndsTheChildThatArrives() {
		this.children.launchAtOnce = false;
		LoopSupervisedProcess process = started(this.settings);
		CompletableFuture<Generation> ready = process.whenReady();
		CompletableFuture<Void> stopped = process.stop();
		this.loop.settle();
		assertThat(process.state()).isEqualTo(SupervisionState.STOPPED);
		assertThatThrownBy(ready::join).hasMessageContaining("server was stopped; start it first");
		assertThat(stopped).isNotDone();
		this.children.last().launched.complete(this.children.last());
		this.loop.settle();
		assertThat(this.children.last().asked).isEqualTo(1);
		assertThat(stopped).isCompleted();
		assertThat(process.state()).isEqualTo(SupervisionState.STOPPED);
	}

	@Test
	void stopWhileBackingOffEndsThat() {
		LoopSupervisedProcess process = started(this.settings);
		exit(1);
		CompletableFuture<Void> stopped = process.stop();
		this.loop.advance(Duration.ofHours(1));
		assertThat(stopped).isCompleted();
		assertThat(this.children.started).hasSize(1);
		assertThat(process.state()).isEqualTo(SupervisionState.STOPPED);
	}

	@Test
	void aStopIsNoFailure() {
		LoopSupervisedProcess process = started(this.settings.restart(RestartPolicy.ALWAYS));
		process.stop();
		this.loop.advance(Duration.ofHours(1));
		assertThat(this.children.started).hasSize(1);
		process.start();
		this.loop.settle();
		assertThat(process.state()).isEqualTo(SupervisionState.READY);
	}

	@Test
	void whenReadyStartsOneThatWasNeverStarted() {
		LoopSupervisedProcess process = process(this.settings);
		CompletableFuture<Generation> ready = process.whenReady();
		this.loop.settle();
		assertThat(ready.join().number()).isEqualTo(1);
	}

	@Test
	void theClosedLoopFailsWhatWaits() {
		this.children.launchAtOnce = false;
		LoopSupervisedProcess process = started(this.settings);
		CompletableFuture<Generation> ready = process.whenReady();
		CompletableFuture<Void> stopped = process.stop();
		this.loop.close();
		assertThatThrownBy(ready::join).hasMessageContaining("server was ended, as its loop was closed");
		assertThatThrownBy(stopped::join).hasMessageContaining("server was ended, as its loop was closed");
		assertThatThrownBy(process.start()::join).hasMessageContaining("server was ended, as its loop was closed");
		assertThat(process.state()).isEqualTo(SupervisionState.STOPPED);
	}

	@Test
	void aDependencyIsReadyFirst() {
		this.children.launchAtOnce = false;
		LoopSupervisedProcess database = process(this.settings);
		LoopSupervisedProcess server = process(this.settings, database);
		CompletableFuture<Generation> ready = server.start();
		this.loop.settle();
		assertThat(this.children.started).hasSize(1);
		this.children.launchAtOnce = true;
		this.children.last().launched.complete(this.children.last());
		this.loop.settle();
		assertThat(this.children.started).hasSize(2);
		assertThat(ready).isCompleted();
	}

	@Test
	void aDependencyThatFailsFailsIt() {
		LoopSupervisedProcess database = process(this.settings.restart(RestartPolicy.NEVER));
		LoopSupervisedProcess server = process(this.settings, database);
		this.children.launchAtOnce = false;
		CompletableFuture<Generation> ready = server.start();
		this.loop.settle();
		this.children.last().launched.completeExceptionally(new IllegalStateException("no such program"));
		this.loop.settle();
		assertThatThrownBy(ready::join)
			.hasMessageContaining("server was not started, as what it depends on is not ready")
			.hasMessageContaining("no such program");
	}

	@Test
	void listenersSeeEachStateAndAnErrorKeepsNothingFromTheOthers() {
		List<String> changes = new ArrayList<>();
		List<String> errors = new ArrayList<>();
		this.loop.setExceptionHandler((failed, error) -> errors.add(error.message()));
		LoopSupervisedProcess process = process(this.settings);
		process.addListener((changed, before, now) -> {
			throw new IllegalStateException("a listener");
		});
		process.addListener((changed, before, now) -> changes.add(before + ">" + now));
		process.onReady((generation) -> changes.add("ready " + generation.number()));
		process.start();
		this.loop.settle();
		exit(1);
		this.loop.advance(Duration.ofSeconds(1));
		assertThat(changes).containsExactly("STOPPED>STARTING", "STARTING>READY", "ready 1", "READY>BACKING_OFF",
				"BACKING_OFF>STARTING", "STARTING>READY", "ready 2");
		assertThat(errors).hasSize(5).containsOnly("A listener of supervised process server failed");
	}

}
