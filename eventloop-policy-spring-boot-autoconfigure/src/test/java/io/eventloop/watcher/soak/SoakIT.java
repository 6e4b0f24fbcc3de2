package io.eventloop.watcher.soak;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.eventloop.watcher.ChildWatcherContract;
import io.eventloop.watcher.ChildWatcherContract.Candidate;
import io.eventloop.watcher.soak.SoakSums.Count;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Very many children, in all circumstances. The system properties {@code soak.children}
 * and {@code soak.seconds} bound it, both divided among the watchers; the profile
 * {@code soak} has them at a million and two hours.
 */
@Timeout(value = 12, unit = TimeUnit.HOURS)
class SoakIT {

	private static final Logger logger = LoggerFactory.getLogger(SoakIT.class);

	private static final long CHILDREN = Long.getLong("soak.children", 20_000);

	private static final long SECONDS = Long.getLong("soak.seconds", 30);

	private static final SoakSums total = new SoakSums();

	@ParameterizedTest
	@MethodSource("io.eventloop.watcher.ChildWatcherContract#watchers")
	@DisplayName("no exit is lost, doubled or wrong, and nothing is left behind")
	void noExitIsLostDoubledOrWrong(Candidate candidate) throws Exception {
		long watchers = ChildWatcherContract.watchers().count();
		SoakSums sums = new Soak(candidate.factory().get(), CHILDREN / watchers,
				Duration.ofMillis(SECONDS * 1000 / watchers))
			.run();
		logger.info("Soak of {}: {}", candidate, sums);
		total.addAll(sums);
		assertThat(sums.of(Count.CHILDREN)).isPositive();
		assertThat(sums.faults()).isEmpty();
	}

	@AfterAll
	static void tellTheSums() {
		logger.info("Soak of all: {}", total);
	}

}
