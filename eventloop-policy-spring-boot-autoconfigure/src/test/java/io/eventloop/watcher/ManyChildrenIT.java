package io.eventloop.watcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.eventloop.ChildWatcher;
import io.eventloop.SpawnScope;
import io.eventloop.posix.ChildProcess;
import io.eventloop.posix.PosixSpawn;
import io.eventloop.posix.SpawnRequest;
import io.eventloop.posix.SpawnRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many children, most of them idle.
 */
@Timeout(180)
@ParameterizedClass
@MethodSource("watchers")
@SuppressWarnings("try") // Scopes are there to end
class ManyChildrenIT {

	private static final int IDLE = 500;

	private static final int CHILDREN = 300;

	private final WatcherLeftovers before = WatcherLeftovers.now();

	private final LoopThread main = new LoopThread("main-loop");

	private final RecordedExits exits = new RecordedExits();

	private final ChildWatcher watcher;

	ManyChildrenIT(Supplier<ChildWatcher> factory) {
		this.main.awaitRunning();
		this.watcher = factory.get();
		this.watcher.attachLoop(this.main.loop());
	}

	static Stream<Named<Supplier<ChildWatcher>>> watchers() {
		return Stream.of(Named.of("multi-loop", MultiLoopChildWatcher::new), Named.of("safe", SafeChildWatcher::new),
				Named.of("fast", FastChildWatcher::new));
	}

	@AfterEach
	void nothingIsLeftBehind() {
		this.watcher.close();
		this.main.close();
		this.before.assertNothingMore();
	}

	@Test
	@DisplayName("S149 S179 300 children one after another, 500 idle: each is reported once, and no thread is added")
	void manyIdleChildren() throws Exception {
		try (SpawnScope scope = this.watcher.enter()) {
			Duration alone = runOneAfterAnother();
			List<TestChild> idle = TestChild.together(IntStream.range(0, IDLE).map((i) -> i % 100).toArray());
			this.main.run(() -> idle.forEach((child) -> this.watcher.addChildHandler(child.pid(), this.exits)));
			Set<String> threads = threads();
			Duration amongIdle = runOneAfterAnother();
			assertThat(threads).containsAll(threads());
			System.out.printf("%s: %d children one after another in %d ms, with %d idle alive in %d ms%n",
					this.watcher.name(), CHILDREN, alone.toMillis(), IDLE, amongIdle.toMillis());
			idle.get(0).end();
			Set<Long> reported = new HashSet<>();
			for (int i = 0; i < IDLE; i++) {
				RecordedExits.Report report = this.exits.next();
				assertThat(reported.add(report.pid())).isTrue();
			}
			assertThat(reported).isEqualTo(idle.stream().map(TestChild::pid).collect(Collectors.toSet()));
			assertThat(this.exits.isEmpty()).isTrue();
		}
	}

	private Duration runOneAfterAnother() throws Exception {
		PosixSpawn spawn = new PosixSpawn();
		SpawnRequest request = SpawnRequestBuilder.of("/bin/true").build();
		List<Long> reported = new ArrayList<>();
		long start = System.nanoTime();
		for (int i = 0; i < CHILDREN; i++) {
			ChildProcess child = spawn.spawn(request);
			this.main.run(() -> this.watcher.addChildHandler(child.pid(), this.exits));
			RecordedExits.Report report = this.exits.next();
			assertThat(report.pid()).isEqualTo(child.pid());
			assertThat(report.returnCode()).isZero();
			reported.add(report.pid());
		}
		assertThat(reported).hasSize(CHILDREN);
		return Duration.ofNanos(System.nanoTime() - start);
	}

	/**
	 * The JVM makes one for each signal, which are not meant.
	 */
	private static Set<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> !name.startsWith("SIGCHLD handler"))
			.collect(Collectors.toSet());
	}

}
