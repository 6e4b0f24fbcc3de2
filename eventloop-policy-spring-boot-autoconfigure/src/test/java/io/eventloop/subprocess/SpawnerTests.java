package io.eventloop.subprocess;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.eventloop.ChildTree;
import io.eventloop.ChildWatcher;
import io.eventloop.LoopFuture;
import io.eventloop.SubprocessSpec;
import io.eventloop.pipe.PipeReactor;
import io.eventloop.posix.ChildProcess;
import io.eventloop.testsupport.SteppedReactor;
import org.jspecify.annotations.Nullable;
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

	private final StartedWhere backend = new StartedWhere(this.reactor);

	/**
	 * Whether the loop has nothing else to do.
	 */
	private boolean free = true;

	private final Spawner spawner = new Spawner(this.backend, (nanos) -> this.free);

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
		this.spawner.note(SPEC, QUICK);
		assertThat(threadOf(SPEC)).isEqualTo(Thread.currentThread());
		assertThat(threadOf(SubprocessSpec.exec("false"))).isNotEqualTo(Thread.currentThread());
		this.spawner.note(SPEC, SLOW);
		assertThat(threadOf(SPEC)).isNotEqualTo(Thread.currentThread());
	}

	@Test
	@DisplayName("A loop that has something else to do starts nothing itself")
	void busyLoopStartsNothing() {
		this.spawner.note(SPEC, QUICK);
		this.free = false;
		assertThat(threadOf(SPEC)).isNotEqualTo(Thread.currentThread());
	}

	@Test
	@DisplayName("While the spawner has work, it gets what comes then too")
	void busySpawnerGetsMore() {
		this.spawner.note(SPEC, QUICK);
		CompletableFuture<Void> first = new CompletableFuture<>();
		this.spawner.execute(first::join);
		CompletableFuture<Thread> second = start(SPEC);
		first.complete(null);
		assertThat(second.join()).isNotEqualTo(Thread.currentThread());
	}

	@Test
	@DisplayName("A program that could not be started is started off the loop the next time")
	void failedProgramIsStartedOffTheLoop() {
		this.spawner.note(SPEC, QUICK);
		this.backend.failing = true;
		assertThat(start(SPEC)).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(NoSuchFileException.class);
		this.backend.failing = false;
		assertThat(threadOf(SPEC)).isNotEqualTo(Thread.currentThread());
	}

	@Test
	@DisplayName("A launch that was given up starts nothing, and tells nothing of its program")
	void givenUpLaunchStartsNothing() {
		this.spawner.note(SPEC, QUICK);
		LoopFuture<Object> launch = new LoopFuture<>(this.reactor.loop());
		launch.cancel(true);
		CompletableFuture<Thread> thread = start(SPEC, launch);
		assertThat(thread).isCompletedExceptionally();
		assertThat(thread.handle((none, failure) -> failure).join()).isInstanceOf(CancellationException.class)
			.hasMessageContaining("given up");
		assertThat(threadOf(SPEC)).isEqualTo(Thread.currentThread());
	}

	@ParameterizedTest
	@ValueSource(ints = { ChildStreams.STDIN, ChildStreams.STDOUT, ChildStreams.STDERR })
	@DisplayName("A file, which may be a named pipe that is never opened at the other end, is not opened on the loop")
	void filesAreOpenedOffTheLoop(int stream) {
		File file = new File("named-pipe");
		SubprocessSpec spec = switch (stream) {
			case ChildStreams.STDIN -> SPEC.stdin(Redirect.from(file));
			case ChildStreams.STDOUT -> SPEC.stdout(Redirect.to(file));
			default -> SPEC.stderr(Redirect.appendTo(file));
		};
		this.spawner.note(spec, QUICK);
		assertThat(threadOf(SPEC.pipes().stderr(Redirect.DISCARD))).isEqualTo(Thread.currentThread());
		assertThat(threadOf(spec)).isNotEqualTo(Thread.currentThread());
	}

	private Thread threadOf(SubprocessSpec spec) {
		return start(spec).join();
	}

	private CompletableFuture<Thread> start(SubprocessSpec spec) {
		return start(spec, new LoopFuture<>(this.reactor.loop()));
	}

	private CompletableFuture<Thread> start(SubprocessSpec spec, LoopFuture<?> launch) {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		this.spawner.start(spec, null, launch, (child) -> thread.complete(Thread.currentThread()),
				thread::completeExceptionally);
		return thread;
	}

	/**
	 * Starts nothing, or fails to: its child is this process, which is only asked how
	 * long its start took.
	 */
	private static final class StartedWhere implements ChildBackend {

		private final PipeReactor reactor;

		private boolean failing;

		StartedWhere(PipeReactor reactor) {
			this.reactor = reactor;
		}

		@Override
		public PipeReactor reactor() {
			return this.reactor;
		}

		@Override
		public @Nullable ChildWatcher watcher() {
			return null;
		}

		@Override
		public boolean isLocal(SubprocessSpec spec) {
			return true;
		}

		@Override
		public Child start(ChildTree tree, @Nullable ChildWatcher watcher, LaunchGate gate) throws IOException {
			SubprocessSpec spec = tree.spec();
			if (this.failing) {
				throw new NoSuchFileException(spec.program());
			}
			return new PosixChild(ChildProcess.of(ProcessHandle.current().pid()), tree, spec, watcher,
					ChildStreams.INHERITED, System.nanoTime(), QUICK);
		}

		@Override
		public void close() {
		}

	}

}
