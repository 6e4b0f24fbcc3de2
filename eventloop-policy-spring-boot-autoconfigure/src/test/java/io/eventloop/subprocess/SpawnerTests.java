package io.eventloop.subprocess;

import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.eventloop.SubprocessSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class SpawnerTests {

	private static final SubprocessSpec SPEC = SubprocessSpec.exec("true");

	private static final long QUICK = TimeUnit.MICROSECONDS.toNanos(400);

	private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(2);

	private final SteppedReactor reactor = new SteppedReactor();

	private final Spawner spawner = new Spawner(new SpawnBackend(this.reactor));

	@AfterEach
	void close() {
		this.spawner.close();
		this.reactor.close();
	}

	@Test
	@DisplayName("A program of which nothing is known is started off the loop")
	void unknownProgramIsStartedOffTheLoop() {
		assertThat(threadOf(SPEC)).isNotEqualTo(Thread.currentThread());
	}

	@Test
	@DisplayName("A program that started quickly the last time is started on the loop, one that did not is not")
	void quickProgramIsStartedOnTheLoop() {
		this.spawner.started(SPEC, QUICK);
		assertThat(threadOf(SPEC)).isEqualTo(Thread.currentThread());
		assertThat(threadOf(SubprocessSpec.exec("false"))).isNotEqualTo(Thread.currentThread());
		this.spawner.started(SPEC, SLOW);
		assertThat(threadOf(SPEC)).isNotEqualTo(Thread.currentThread());
	}

	@Test
	@DisplayName("A loop that has something else to do starts nothing itself")
	void busyLoopStartsNothing() {
		this.spawner.started(SPEC, QUICK);
		this.reactor.free = false;
		assertThat(threadOf(SPEC)).isNotEqualTo(Thread.currentThread());
	}

	@Test
	@DisplayName("While the spawner has work, it gets what comes then too")
	void busySpawnerGetsMore() {
		this.spawner.started(SPEC, QUICK);
		CompletableFuture<Void> first = new CompletableFuture<>();
		this.spawner.execute(first::join);
		CompletableFuture<Thread> second = new CompletableFuture<>();
		this.spawner.start(SPEC, () -> second.complete(Thread.currentThread()));
		first.complete(null);
		assertThat(second.join()).isNotEqualTo(Thread.currentThread());
	}

	@ParameterizedTest
	@ValueSource(ints = { ChildStreams.STDIN, ChildStreams.STDOUT, ChildStreams.STDERR })
	@DisplayName("A file, which may be a named pipe that nobody opens, is not opened on the loop")
	void filesAreOpenedOffTheLoop(int stream) {
		File file = new File("named-pipe");
		SubprocessSpec spec = switch (stream) {
			case ChildStreams.STDIN -> SPEC.stdin(Redirect.from(file));
			case ChildStreams.STDOUT -> SPEC.stdout(Redirect.to(file));
			default -> SPEC.stderr(Redirect.appendTo(file));
		};
		this.spawner.started(spec, QUICK);
		assertThat(threadOf(SPEC.pipes().stderr(Redirect.DISCARD))).isEqualTo(Thread.currentThread());
		assertThat(threadOf(spec)).isNotEqualTo(Thread.currentThread());
	}

	private Thread threadOf(SubprocessSpec spec) {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		this.spawner.start(spec, () -> thread.complete(Thread.currentThread()));
		return thread.join();
	}

}
