package io.eventloop.watcher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.eventloop.ChildWatcher;
import io.eventloop.SpawnScope;
import io.eventloop.watcher.ChildWatcherContract.Candidate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A child of the JDK's and one of ours that end at the same moment, many times. The
 * system property {@code soak.pairs} says how many; the profile {@code soak} has it at
 * 10,000.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class NeighbourPairsIT {

	private static final Logger logger = LoggerFactory.getLogger(NeighbourPairsIT.class);

	private static final int PAIRS = Integer.getInteger("soak.pairs", 300);

	private final WatcherLeftovers before = WatcherLeftovers.now();

	private final LoopThread main = new LoopThread("main-loop");

	private final List<Pair> pairs = new ArrayList<>();

	static Stream<Candidate> watchersThatReapOnlyTheirOwn() {
		return ChildWatcherContract.watchers().filter((candidate) -> !candidate.name().equals("fast"));
	}

	@AfterEach
	void nothingIsLeftBehind() {
		this.main.close();
		this.before.assertNothingMore();
	}

	@ParameterizedTest
	@MethodSource("watchersThatReapOnlyTheirOwn")
	@DisplayName("S149 S179 ProcessBuilder and Runtime.exec keep their exit values, and ours theirs")
	void bothSidesKeepTheirExitValues(Candidate candidate) throws Exception {
		runPairs(candidate.factory().get());
		assertThat(this.pairs).hasSize(PAIRS).allMatch(Pair::oursIsRight).allMatch(Pair::theirsIsRight);
	}

	@Test
	@DisplayName("S172 beside fast, ours keep theirs, and a process of the JDK's that fast reaped reports 0, never another value")
	void reapedProcessesReportZero() throws Exception {
		runPairs(new FastChildWatcher());
		assertThat(this.pairs).hasSize(PAIRS).allMatch(Pair::oursIsRight);
		assertThat(this.pairs).filteredOn((pair) -> !pair.theirsIsRight()).allMatch((pair) -> pair.theirs == 0);
	}

	private void runPairs(ChildWatcher watcher) throws Exception {
		this.main.run(() -> watcher.attachLoop(this.main.loop()));
		for (int i = 0; i < PAIRS; i++) {
			this.pairs.add(runPair(watcher, i));
		}
		watcher.close();
		logger.info("{} pairs beside {} on Java {}: wrong exit values of ours {}, of the JDK's {}", this.pairs.size(),
				watcher.name(), Runtime.version().feature(),
				this.pairs.stream().filter((pair) -> !pair.oursIsRight()).count(),
				this.pairs.stream().filter((pair) -> !pair.theirsIsRight()).count());
	}

	private Pair runPair(ChildWatcher watcher, int number) throws Exception {
		int oursExpected = 1 + number % 255;
		int theirsExpected = 255 - number % 255;
		RecordedExits exits = new RecordedExits();
		SpawnScope scope = watcher.enter();
		Process theirs = start(number, "read line; exit " + theirsExpected);
		TestChild ours = TestChild.running(oursExpected);
		this.main.run(() -> watcher.addChildHandler(ours.pid(), exits));
		scope.close();
		theirs.getOutputStream().close();
		ours.end();
		int oursCode = exits.next().returnCode();
		assertThat(theirs.waitFor(60, TimeUnit.SECONDS)).as("the JDK was told of the end").isTrue();
		return new Pair(oursCode, oursExpected, theirs.exitValue(), theirsExpected);
	}

	private static Process start(int number, String script) throws IOException {
		String[] command = { "/bin/sh", "-c", script };
		return (number % 2 == 0) ? new ProcessBuilder(command).start() : Runtime.getRuntime().exec(command);
	}

	/**
	 * Two that have ended together.
	 */
	private record Pair(int ours, int oursExpected, int theirs, int theirsExpected) {

		boolean oursIsRight() {
			return this.ours == this.oursExpected;
		}

		boolean theirsIsRight() {
			return this.theirs == this.theirsExpected;
		}

	}

}
