package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.eventloop.posix.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thread that joins a child, wherever in an application's life, waits no longer than
 * the grace period: it gets the child's exit code, or a sentence.
 */
@Timeout(120)
class LifecyclePlacesIT {

	private static final Duration GRACE = Duration.ofSeconds(5);

	@ParameterizedTest
	@EnumSource
	void noJoinHangs(JoinPlace place) throws Exception {
		Joins joins = new Joins();
		CompletableFuture<Void> life = CompletableFuture.runAsync(() -> place.live(joins), (work) -> {
			Thread thread = new Thread(work, "life-0");
			thread.setDaemon(true);
			thread.start();
		});
		life.get(60, TimeUnit.SECONDS);
		assertThat(MainLoopThreads.alive()).isEmpty();
		assertThat(joins.outcomes()).isNotEmpty().allSatisfy((outcome) -> {
			assertThat(outcome.taken()).isLessThan(GRACE);
			assertThat(outcome.text()).matches(place.expected());
		});
	}

	@Test
	void noJoinHangsInAShutdownHook() throws Exception {
		long begin = System.nanoTime();
		ChildJvm jvm = ChildJvm.run(ExitingApplication.class);
		assertThat(jvm.exitCode()).as(jvm.output()).isEqualTo(3);
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(40));
		assertThat(jvm.output()).contains("handler: The event loop is closed, as its application context is")
			.containsPattern(
					"hook: (7|-9|-15|The application context is stopping|The event loop is closed|SelectorEventLoop)");
	}

}
