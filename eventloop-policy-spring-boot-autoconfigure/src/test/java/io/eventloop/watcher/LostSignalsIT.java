package io.eventloop.watcher;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.eventloop.ChildWatcher;
import io.eventloop.Signal;
import io.eventloop.SpawnScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SIGCHLD, taken away and shared.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
@ParameterizedClass
@MethodSource("watchers")
class LostSignalsIT {

	private static final String MISSED = "has exited without a SIGCHLD";

	private final WatcherLeftovers before = WatcherLeftovers.now();

	private final LoopThread main = new LoopThread("main-loop");

	private final RecordedExits exits = new RecordedExits();

	private final ChildWatcher watcher;

	private SpawnScope scope;

	LostSignalsIT(Supplier<ChildWatcher> factory) {
		this.watcher = factory.get();
	}

	static Stream<Named<Supplier<ChildWatcher>>> watchers() {
		return Stream.of(Named.of("multi-loop", MultiLoopChildWatcher::new), Named.of("safe", SafeChildWatcher::new),
				Named.of("fast", FastChildWatcher::new));
	}

	@BeforeEach
	void attach() {
		this.scope = this.watcher.enter();
		this.watcher.attachLoop(this.main.loop());
	}

	@AfterEach
	void nothingIsLeftBehind() {
		this.scope.close();
		this.watcher.close();
		this.main.close();
		this.before.assertNothingMore();
	}

	@Test
	@DisplayName("S175 exits that other code hears of instead are found by the slow sweep, which says so once")
	void signalTakenByOtherCode(CapturedOutput output) {
		ForeignSigchld foreign = new ForeignSigchld();
		Object ours = foreign.take();
		try {
			for (int code = 1; code <= 3; code++) {
				TestChild child = TestChild.running(code);
				register(child);
				child.end();
				assertThat(this.exits.next().returnCode()).isEqualTo(code);
			}
			WatcherLeftovers.await(() -> output.getAll().contains(MISSED));
			assertThat(output).containsOnlyOnce(MISSED)
				.contains("the %s child watcher now notices exits up to a second late".formatted(this.watcher.name()));
			assertThat(foreign.heard()).isPositive();
		}
		finally {
			ForeignSigchld.handle(ours);
		}
	}

	@Test
	@DisplayName("S182 signals that do arrive are never called missed")
	void signalsThatArriveAreNotCalledMissed(CapturedOutput output) {
		TestChild longLived = TestChild.running(9);
		register(longLived);
		long end = System.nanoTime() + 2 * PeriodicSweep.PERIOD.toNanos() + PeriodicSweep.PERIOD.toNanos() / 2;
		while (System.nanoTime() - end < 0) {
			TestChild child = TestChild.running(1);
			register(child);
			child.end();
			assertThat(this.exits.next().returnCode()).isOne();
		}
		longLived.end();
		assertThat(this.exits.next().returnCode()).isEqualTo(9);
		assertThat(output).doesNotContain(MISSED);
	}

	@Test
	@DisplayName("S144 another watcher, and a user's handler on the same loop, share the signal")
	void signalIsShared(CapturedOutput output) {
		RecordedExits ofAnother = new RecordedExits();
		try (MultiLoopChildWatcher another = new MultiLoopChildWatcher();
				LoopThread anotherLoop = new LoopThread("another-loop")) {
			AtomicInteger heard = new AtomicInteger();
			this.main.run(() -> this.main.loop().addSignalHandler(Signal.SIGCHLD, heard::incrementAndGet));
			TestChild child = TestChild.running(1);
			TestChild childOfAnother = TestChild.running(2);
			register(child);
			anotherLoop.run(() -> another.addChildHandler(childOfAnother.pid(), ofAnother));
			child.end();
			assertThat(this.exits.next().returnCode()).isOne();
			WatcherLeftovers.await(() -> heard.get() > 0);
			childOfAnother.end();
			assertThat(ofAnother.next().returnCode()).isEqualTo(2);
			this.main.run(() -> this.main.loop().removeSignalHandler(Signal.SIGCHLD));
			TestChild last = TestChild.running(3);
			register(last);
			last.end();
			assertThat(this.exits.next().returnCode()).isEqualTo(3);
		}
		assertThat(output).doesNotContain(MISSED, "Other code");
	}

	private void register(TestChild child) {
		this.main.run(() -> this.watcher.addChildHandler(child.pid(), this.exits));
	}

}
