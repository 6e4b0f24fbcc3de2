package io.eventloop.client;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Waiting for commands in virtual threads, which Java has since 21.
 */
@Timeout(60)
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadRunsIT {

	private static final String PINNED = "jdk.VirtualThreadPinned";

	private static final int THREADS = 100;

	@RegisterExtension
	private final LoopExtension extension = new LoopExtension(WatcherKind.PIDFD);

	@TempDir
	private Path folder;

	private SubprocessClient client;

	@BeforeEach
	void createClient() {
		this.client = SubprocessClient.create(this.extension.loop());
		// What is loaded first holds a class's monitor
		this.client.exec("cat").input("text").run();
	}

	@Test
	void manyWaitAtOnceAndPinNoThread() throws Exception {
		ExecutorService threads = virtualThreads();
		try (Recording recording = new Recording()) {
			recording.enable(PINNED).withThreshold(Duration.ofMillis(1)).withStackTrace();
			recording.start();
			long begin = System.nanoTime();
			List<Future<String>> lines = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				lines.add(threads.submit(() -> this.client.shell("sleep 0.5; echo text").line()));
			}
			for (Future<String> line : lines) {
				assertThat(line.get(30, TimeUnit.SECONDS)).isEqualTo("text");
			}
			// One after the other they would take 50 s
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(25));
			recording.stop();
			assertThat(pinnedByRuns(recording)).isEmpty();
		}
		threads.shutdown();
		assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void anInterruptTearsTheRunDown() throws Exception {
		ExecutorService threads = virtualThreads();
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Future<?> run = threads.submit(() -> {
			try {
				this.client.exec("sleep", "60").run();
				failure.complete(null);
			}
			catch (SubprocessException ex) {
				failure.complete(ex);
			}
		});
		Awaitility.await().until(() -> !this.extension.loop().subprocessTransports().isEmpty());
		run.cancel(true);
		assertThat(failure.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
		assertThat(this.extension.loop().subprocessTransports()).isEmpty();
		threads.shutdown();
		assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
	}

	private List<RecordedEvent> pinnedByRuns(Recording recording) throws IOException {
		Path file = this.folder.resolve("recording.jfr");
		recording.dump(file);
		return RecordingFile.readAllEvents(file)
			.stream()
			.filter((event) -> event.getEventType().getName().equals(PINNED))
			.filter((event) -> String.valueOf(event.getStackTrace()).contains("eventloop"))
			.toList();
	}

	private static ExecutorService virtualThreads() throws ReflectiveOperationException {
		return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
	}

}
