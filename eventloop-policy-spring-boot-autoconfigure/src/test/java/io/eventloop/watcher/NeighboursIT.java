package io.eventloop.watcher;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.eventloop.ChildWatcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Children of the JDK's run beside ours. What {@code fast} does to them is in
 * {@link FastChildWatcherIT}.
 */
@Timeout(120)
@ParameterizedClass
@MethodSource("watchers")
class NeighboursIT {

	private static final int PAIRS = 150;

	private final Leftovers before = Leftovers.now();

	private final LoopThread main = new LoopThread("main-loop");

	private final RecordedExits exits = new RecordedExits();

	private final ChildWatcher watcher;

	NeighboursIT(Supplier<ChildWatcher> factory) {
		this.main.awaitRunning();
		this.watcher = factory.get();
		this.watcher.attachLoop(this.main.loop());
	}

	static Stream<Named<Supplier<ChildWatcher>>> watchers() {
		return Stream.of(Named.of("threaded", ThreadedChildWatcher::new), Named.of("pidfd", PidfdChildWatcher::new),
				Named.of("multi-loop", MultiLoopChildWatcher::new), Named.of("safe", SafeChildWatcher::new));
	}

	@AfterEach
	void nothingIsLeftBehind() {
		this.watcher.close();
		this.main.close();
		this.before.assertNothingMore();
	}

	@Test
	@DisplayName("S149 S179 ProcessBuilder and Runtime.exec keep their exit values, and ours theirs")
	void bothSidesKeepTheirExitValues() throws Exception {
		for (int i = 1; i <= PAIRS; i++) {
			int ours = i % 50;
			int theirs = 50 + i % 50;
			String[] command = { "sh", "-c", "exit " + theirs };
			Process neighbour = (i % 2 == 0) ? new ProcessBuilder(command).start() : Runtime.getRuntime().exec(command);
			TestChild child = TestChild.running(ours);
			this.main.run(() -> this.watcher.addChildHandler(child.pid(), this.exits));
			child.end();
			assertThat(this.exits.next().returnCode()).isEqualTo(ours);
			assertThat(neighbour.waitFor(20, TimeUnit.SECONDS)).isTrue();
			assertThat(neighbour.exitValue()).isEqualTo(theirs);
		}
		assertThat(this.exits.isEmpty()).isTrue();
	}

}
