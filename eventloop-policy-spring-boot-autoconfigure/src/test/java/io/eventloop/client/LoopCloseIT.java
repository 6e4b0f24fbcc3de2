package io.eventloop.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

import io.eventloop.EventLoop;
import io.eventloop.Runner;
import io.eventloop.Signal;
import io.eventloop.Teardown;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is in flight when its loop is closed: it is killed at once, and ends with a
 * sentence.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(names = { "THREADED", "PIDFD", "IO_URING", "SAFE", "NONE" })
class LoopCloseIT {

	private static final Teardown SLOW = Teardown.signal(Signal.SIGTERM, Duration.ofSeconds(30)).thenKill();

	@RegisterExtension
	private final LoopExtension extension;

	private final WatcherKind kind;

	@TempDir
	private Path directory;

	private SubprocessClient client;

	LoopCloseIT(WatcherKind kind) {
		this.kind = kind;
		this.extension = new LoopExtension(kind);
	}

	@BeforeEach
	void createClient() {
		this.client = SubprocessClient.create(this.extension.loop());
	}

	@Test
	void aRunEnds() throws Exception {
		endsAtTheClose(this.client.exec("sleep", "60").runAsync(), "sleep was ended, as its loop was closed");
	}

	@Test
	void aRunWithoutPipesEnds() throws Exception {
		SubprocessCommand command = this.client.exec("sleep", "60").discardOutput();
		endsAtTheClose(command.errors(this.directory.resolve("errors")).runAsync(),
				"sleep was ended, as its loop was closed");
	}

	@Test
	void aChildByHandEnds() throws Exception {
		RunningSubprocess child = this.client.exec("cat").start().join();
		CompletableFuture<byte[]> line = child.stdout().readLine();
		endsAtTheClose(child.result(), "cat was ended, as its loop was closed");
		assertThat(line).isCompletedExceptionally();
		assertThat(child.onExit()).isDone();
		child.close();
	}

	@Test
	void aSubscriptionEnds() throws Exception {
		CompletableFuture<Object> end = new CompletableFuture<>();
		this.client.shell("echo 1; exec sleep 60").lines().subscribe(new Flow.Subscriber<>() {

			@Override
			public void onSubscribe(Flow.Subscription subscription) {
				subscription.request(10);
			}

			@Override
			public void onNext(String item) {
			}

			@Override
			public void onError(Throwable throwable) {
				end.completeExceptionally(throwable);
			}

			@Override
			public void onComplete() {
				end.complete("complete");
			}

		});
		endsAtTheClose(end, "sh was ended, as its loop was closed");
	}

	@Test
	void aPipelineEnds() throws Exception {
		this.extension.requireWatcher("has no pipelines");
		endsAtTheClose(this.client.exec("sleep", "60").pipeTo(this.client.exec("cat")).runAsync(),
				"sleep | cat was ended, as its loop was closed");
	}

	@Test
	void aRunThatWaitsForAPlaceOfAnotherLoopEnds() throws Exception {
		ConcurrencyLimit limit = ConcurrencyLimit.of(1);
		EventLoop other = this.kind.newLoop();
		Thread thread = new Thread(other::runForever, "other-loop");
		thread.start();
		CompletableFuture<SubprocessResult> running = SubprocessClient.create(other)
			.exec("sleep", "60")
			.limit(limit)
			.runAsync();
		Awaitility.await().until(() -> limit.running() == 1);
		CompletableFuture<SubprocessResult> waiting = this.client.exec("true").limit(limit).runAsync();
		Awaitility.await().until(() -> limit.queued() == 1);
		failsAtTheClose(waiting, "true was not started, as its loop was closed");
		assertThat(limit.queued()).isZero();
		running.cancel(true);
		other.callSoonThreadsafe(other::stop);
		thread.join();
		other.close();
	}

	@Test
	void aRunWhoseDeadlineHasPassedEndsOfThat() throws Exception {
		CompletableFuture<SubprocessResult> run = this.client.shell("trap '' TERM; echo; while :; do sleep 0.1; done")
			.teardown(SLOW)
			.timeout(Duration.ofMillis(300))
			.runAsync();
		TimeUnit.MILLISECONDS.timedJoin(Thread.currentThread(), 700);
		endsAtTheClose(run, "sh was still running after 300 ms, its timeout");
	}

	@Test
	void aRunWhoseOutputIsHeldEnds() throws Exception {
		this.extension.requireWatcher("ends outputs at the exit");
		CompletableFuture<SubprocessResult> run = this.client.shell("sleep 5 & : > left")
			.directory(this.directory)
			.drainTimeout(Duration.ofSeconds(30))
			.runAsync();
		Awaitility.await().until(() -> Files.exists(this.directory.resolve("left")));
		failsAtTheClose(run, "sh was ended, as its loop was closed");
	}

	@Test
	void aRunnerTearsRunsDownInOrder() throws Exception {
		Path file = this.directory.resolve("asked");
		CompletableFuture<SubprocessResult> run = new CompletableFuture<>();
		try (Runner runner = new Runner(null, this.kind::newLoop)) {
			run = runner.run((loop) -> {
				CompletableFuture<SubprocessResult> begun = SubprocessClient.create(loop)
					.shell("trap 'sleep 0.3; echo asked > asked; exit' TERM; echo ready > ready; while :; do sleep 0.1; done")
					.directory(this.directory)
					.runAsync();
				return loop.runInExecutor(null, () -> {
					Awaitility.await().until(() -> Files.exists(this.directory.resolve("ready")));
					return begun;
				});
			});
			assertThat(run).isNotDone();
		}
		assertThat(file).hasContent("asked");
		assertThat(run).isCancelled();
	}

	/**
	 * Once its children run, the close of the loop ends it.
	 */
	private void endsAtTheClose(CompletableFuture<?> future, String sentence) throws Exception {
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.extension.loop().subprocessTransports()).isNotEmpty()
				.allMatch((child) -> child.age().toMillis() > 150));
		failsAtTheClose(future, sentence);
	}

	private void failsAtTheClose(CompletableFuture<?> future, String sentence) throws Exception {
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		future.whenComplete((result, ex) -> failure.complete((ex instanceof CompletionException) ? ex.getCause() : ex));
		this.extension.close();
		assertThat(failure.get(1, TimeUnit.SECONDS)).isInstanceOf(SubprocessException.class)
			.hasMessageStartingWith(sentence);
		assertThat(List.of(future)).allMatch(CompletableFuture::isCompletedExceptionally);
	}

}
