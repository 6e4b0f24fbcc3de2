package io.eventloop.subprocess;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.eventloop.ChildListener;
import io.eventloop.ChildListeners;
import io.eventloop.ChildWatcher;
import io.eventloop.LoopFuture;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.testsupport.Leftovers;
import io.eventloop.testsupport.TestLibC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Children whose streams are named pipes not opened at the other end: they hold up no
 * other child, and can be given up.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource
class NamedPipesIT {

	@RegisterExtension
	private final LoopExtension extension;

	@TempDir
	private Path directory = Path.of("");

	private final AtomicInteger spawned = new AtomicInteger();

	private final ChildListener counting = new ChildListener() {

		@Override
		public void childSpawned(ChildWatcher by, long pid, String name, Duration spawnTime) {
			NamedPipesIT.this.spawned.incrementAndGet();
		}

	};

	NamedPipesIT(WatcherKind kind) {
		this.extension = new LoopExtension(kind);
	}

	@BeforeEach
	void listen() {
		ChildListeners.add(this.counting);
	}

	@AfterEach
	void listenNoMore() {
		ChildListeners.remove(this.counting);
	}

	@Test
	@DisplayName("Six children that wait for their pipes do not delay a hundred others")
	void pipesHoldUpNoOtherChild() {
		hundredChildren();
		Duration alone = hundredChildren();
		List<LoopFuture<Subprocess>> waiting = waitingLaunches(6);
		Duration beside = hundredChildren();
		assertThat(beside).isLessThan(alone.multipliedBy(2).plusMillis(500));
		assertThat(waiting).noneMatch(LoopFuture::isDone);
		waiting.forEach((launch) -> launch.cancel(true));
	}

	@Test
	@DisplayName("A launch that is cancelled lets go of its pipe and starts no child")
	void cancelledLaunchStartsNoChild() {
		List<LoopFuture<Subprocess>> waiting = waitingLaunches(6);
		waiting.forEach((launch) -> assertThat(launch.cancel(true)).isTrue());
		awaitNoOpener();
		assertThat(this.spawned).hasValue(0);
	}

	@Test
	@DisplayName("So does one that times out, or is completed by the caller")
	void timedOutLaunchStartsNoChild() {
		List<LoopFuture<Subprocess>> waiting = waitingLaunches(2);
		LoopFuture<Subprocess> timedOut = waiting.get(0);
		timedOut.orTimeout(1, TimeUnit.MILLISECONDS);
		LoopFuture<Subprocess> failed = waiting.get(1);
		failed.completeExceptionally(new IllegalStateException("on purpose"));
		assertThatExceptionOfType(Exception.class).isThrownBy(timedOut::join)
			.withCauseInstanceOf(TimeoutException.class);
		awaitNoOpener();
		assertThat(this.spawned).hasValue(0);
	}

	@Test
	@DisplayName("Closing the loop lets go of them, within a second")
	void closingTheLoopGivesUp() throws Exception {
		List<LoopFuture<Subprocess>> waiting = waitingLaunches(6);
		long begin = System.nanoTime();
		this.extension.close();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
		assertThat(waiting).allMatch(LoopFuture::isCompletedExceptionally);
		awaitNoOpener();
		assertThat(this.spawned).hasValue(0);
	}

	@Test
	@DisplayName("So it is if the pipe's name means another file by then, or none")
	void replacedPipeIsLetGoOf() throws IOException {
		this.extension.requireWatcher("knows a named pipe only by its name");
		List<LoopFuture<Subprocess>> waiting = waitingLaunches(2);
		awaitOpeners(2);
		Files.delete(this.directory.resolve("pipe0"));
		Files.delete(this.directory.resolve("pipe1"));
		Files.createFile(this.directory.resolve("pipe1"));
		waiting.forEach((launch) -> launch.cancel(true));
		awaitNoOpener();
	}

	@Test
	@DisplayName("More than the threads there are may wait, up to a bound, and all can be given up")
	void waitingIsBounded() {
		List<LoopFuture<Subprocess>> waiting = waitingLaunches(SpawnThreads.COUNT + SpawnThreads.MAX_STALLED + 3);
		awaitOpeners(SpawnThreads.COUNT + SpawnThreads.MAX_STALLED);
		LoopFuture<Subprocess> other = this.extension.loop().subprocess(SubprocessSpec.exec("true"));
		assertThat(Leftovers.now().threads().stream().filter((name) -> name.matches("eventloop-spawn-\\d+")))
			.hasSize(SpawnThreads.COUNT + SpawnThreads.MAX_STALLED);
		assertThat(other).isNotDone();
		waiting.forEach((launch) -> launch.cancel(true));
		assertThat(other.join().onExit().join()).isZero();
		awaitNoOpener();
		assertThat(this.spawned).hasValue(1);
	}

	@Test
	@DisplayName("Once the other ends are opened the children run, read and write")
	void otherEndsStartTheChildren() throws Exception {
		File input = pipe("input").toFile();
		File output = pipe("output").toFile();
		File errors = pipe("errors").toFile();
		LoopFuture<Subprocess> launch = this.extension.loop()
			.subprocess(SubprocessSpec.shell("echo error >&2; cat")
				.stdin(Redirect.from(input))
				.stdout(Redirect.to(output))
				.stderr(Redirect.appendTo(errors)));
		Process writer = new ProcessBuilder("sh", "-c", "echo input > \"$1\"", "sh", input.getPath()).start();
		Process reader = new ProcessBuilder("cat", output.getPath()).start();
		CompletableFuture<String> text = CompletableFuture.supplyAsync(() -> read(reader));
		Process errorReader = new ProcessBuilder("cat", errors.getPath()).start();
		assertThat(launch.get(20, TimeUnit.SECONDS).onExit().get(20, TimeUnit.SECONDS)).isZero();
		assertThat(read(errorReader)).isEqualTo("error\n");
		assertThat(text.get(20, TimeUnit.SECONDS)).isEqualTo("input\n");
		assertThat(writer.waitFor()).isZero();
	}

	private static String read(Process process) {
		try {
			return new String(process.getInputStream().readAllBytes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Duration hundredChildren() {
		long begin = System.nanoTime();
		int before = this.spawned.get();
		List<CompletableFuture<Integer>> codes = IntStream.range(0, 100)
			.mapToObj((
					i) -> this.extension.loop().subprocess(SubprocessSpec.exec("true")).thenCompose(Subprocess::onExit))
			.toList();
		codes.forEach((code) -> assertThat(code.join()).isZero());
		assertThat(this.spawned).hasValue(before + 100);
		return Duration.ofNanos(System.nanoTime() - begin);
	}

	/**
	 * Launches that wait for pipes to read from, and to write to, in turn.
	 */
	private List<LoopFuture<Subprocess>> waitingLaunches(int count) {
		SubprocessSpec spec = SubprocessSpec.exec("true");
		List<LoopFuture<Subprocess>> launches = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			File pipe = pipe("pipe" + i).toFile();
			launches.add(this.extension.loop()
				.subprocess((i % 2 == 0) ? spec.stdin(Redirect.from(pipe)) : spec.stdout(Redirect.to(pipe))));
		}
		return launches;
	}

	private Path pipe(String name) {
		Path pipe = this.directory.resolve(name);
		if (!Files.exists(pipe)) {
			assertThat(TestLibC.C.mkfifo(pipe.toString(), 0600)).isZero();
		}
		return pipe;
	}

	private static void awaitOpeners(int count) {
		await().untilAsserted(() -> assertThat(openers()).isEqualTo(count));
	}

	private static void awaitNoOpener() {
		awaitOpeners(0);
	}

	/**
	 * The threads that start a child and open a file for it.
	 */
	private static long openers() {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((thread) -> thread.getKey().getName().startsWith("eventloop-spawn-"))
			.filter((thread) -> List.of(thread.getValue())
				.stream()
				.anyMatch((frame) -> frame.getClassName().equals(LaunchGate.class.getName())
						&& frame.getMethodName().equals("await")))
			.count();
	}

}
