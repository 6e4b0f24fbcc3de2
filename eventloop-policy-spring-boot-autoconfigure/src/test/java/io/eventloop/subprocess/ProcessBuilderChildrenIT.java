package io.eventloop.subprocess;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.eventloop.ChildListener;
import io.eventloop.ChildListeners;
import io.eventloop.ChildWatcher;
import io.eventloop.LoopFuture;
import io.eventloop.Output;
import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * What is different where the JDK starts the children, on a proactor loop.
 */
@Timeout(60)
class ProcessBuilderChildrenIT {

	@RegisterExtension
	private final LoopExtension extension = new LoopExtension(WatcherKind.NONE);

	private Subprocess sleeper() {
		return this.extension.start(SubprocessSpec.exec("sleep", "60").pipes());
	}

	@Test
	@DisplayName("S237 waiting for an exit may time out and be cancelled twice, and disturbs no other waiter")
	void waitsForTheExit() {
		Subprocess child = sleeper();
		LoopFuture<Integer> wait = child.onExit();
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> wait.get(20, TimeUnit.MILLISECONDS));
		wait.cancel(false);
		wait.cancel(false);
		child.kill();
		assertThat(child.onExit()).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(137);
	}

	@Test
	@DisplayName("S239 children of a loop off the main thread are watched")
	void offTheMainThread() throws Exception {
		assertThat(this.extension.call(() -> Thread.currentThread().getName())).isEqualTo("eventloop-under-test");
		assertThat(this.extension.start(SubprocessSpec.shell("exit 5")).onExit().join()).isEqualTo(5);
	}

	@Test
	@DisplayName("S240 many pipes are read and written at once, and no byte is lost")
	void pipesOverlap() {
		List<CompletableFuture<Output>> outputs = new ArrayList<>();
		byte[] input = "0123456789".repeat(30_000).getBytes(UTF_8);
		for (int i = 0; i < 30; i++) {
			outputs.add(this.extension.start(SubprocessSpec.exec("cat").pipes()).communicate(input));
		}
		assertThat(outputs).allSatisfy((output) -> assertThat(output.join().stdout()).isEqualTo(input));
	}

	@Test
	@DisplayName("S220 it can be terminated and killed, with the JDK's exit value; other signals are refused")
	void signals() {
		Subprocess terminated = sleeper();
		assertThat(terminated.terminate()).isTrue();
		assertThat(terminated.onExit().join()).isEqualTo(143);
		Subprocess killed = sleeper();
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> killed.sendSignal(Signal.SIGHUP))
			.withMessage("java.lang.Process can send SIGTERM and SIGKILL, not SIGHUP; use a selector loop");
		killed.sendSignal(Signal.SIGKILL);
		assertThat(killed.onExit().join()).isEqualTo(137);
		assertThatExceptionOfType(ProcessLookupException.class).isThrownBy(() -> killed.sendSignal(Signal.SIGKILL))
			.withMessageContaining(String.valueOf(killed.pid()));
		assertThat(killed.kill()).isFalse();
		assertThat(killed.terminate()).isFalse();
	}

	@Test
	@DisplayName("S220 a child that is signalled while it ends is either signalled or has ended, never another process")
	void signalledWhileItEnds() {
		for (int i = 0; i < 40; i++) {
			Subprocess child = this.extension.start(SubprocessSpec.exec("true"));
			Throwable refusal = null;
			while (refusal == null) {
				refusal = catchThrowable(() -> child.sendSignal(Signal.SIGTERM));
			}
			assertThat(refusal).isInstanceOf(ProcessLookupException.class);
			assertThat(child.onExit().join()).isIn(0, 143);
		}
	}

	@Test
	@DisplayName("S237 an exit is told while the common pool is busy")
	void busyCommonPool() throws Exception {
		CountDownLatch goOn = new CountDownLatch(1);
		for (int i = 0; i < 2 * ForkJoinPool.getCommonPoolParallelism(); i++) {
			ForkJoinPool.commonPool().execute(() -> awaitUninterruptibly(goOn));
		}
		try {
			assertThat(this.extension.start(SubprocessSpec.exec("true")).onExit())
				.succeedsWithin(Duration.ofSeconds(20))
				.isEqualTo(0);
		}
		finally {
			goOn.countDown();
		}
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	@DisplayName("S207 sessions and groups are refused before anything is started")
	void groups() {
		for (SubprocessSpec spec : List.of(SubprocessSpec.exec("true").startNewSession(true),
				SubprocessSpec.exec("true").processGroup(0))) {
			assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.extension.start(spec))
				.withCauseInstanceOf(UnsupportedOperationException.class)
				.withMessageContaining("leave out startNewSession and processGroup");
		}
		Subprocess child = sleeper();
		assertThat(child.transport().leadsGroup()).isFalse();
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(child::killGroup)
			.withMessageContaining("knows no process groups");
		child.kill();
		child.onExit().join();
	}

	@Test
	@DisplayName("An unread output is read one chunk ahead, and no further")
	void backPressure() throws Exception {
		Subprocess child = this.extension.start(SubprocessSpec.exec("yes").limit(1000).pipes());
		byte[] first = child.stdout().read(2).join();
		assertThat(first).asString().isEqualTo("y\n");
		await().until(() -> this.extension.call(() -> child.stdout().toString().contains("paused")));
		await().during(Duration.ofMillis(300))
			.until(() -> this.extension.call(() -> bytesHeld(child) <= 2000 + 2 * 16 * 1024));
		child.kill();
		child.onExit().join();
		child.transport().close();
		child.onDrained().join();
	}

	private static int bytesHeld(Subprocess child) {
		return Integer.parseInt(child.stdout().toString().replaceAll("\\D", ""));
	}

	@Test
	@DisplayName("A pipe costs a thread while it is read, and idle children none for their input")
	void threads() {
		Subprocess child = sleeper();
		await().until(() -> pipeThreads() == 2);
		child.kill();
		child.onDrained().join();
		assertThat(child.stdout().read().join()).isEmpty();
	}

	private static long pipeThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("eventloop-pipe-"))
			.filter((thread) -> List.of(thread.getStackTrace())
				.stream()
				.anyMatch((frame) -> frame.getClassName().endsWith("ChildOutputPump")
						|| frame.getClassName().endsWith("ChildInputPump")))
			.count();
	}

	@Test
	@DisplayName("Listeners hear of its children, without a watcher")
	void listeners() {
		List<String> heard = new ArrayList<>();
		ChildListener listener = new ChildListener() {

			@Override
			public void childSpawned(ChildWatcher watcher, long pid, String name, Duration spawnTime) {
				heard.add("spawned " + pid + " by " + watcher);
			}

		};
		ChildListeners.add(listener);
		try {
			Subprocess child = this.extension.start(SubprocessSpec.exec("true"));
			child.onExit().join();
			assertThat(heard).containsExactly("spawned " + child.pid() + " by null");
		}
		finally {
			ChildListeners.remove(listener);
		}
	}

}
