package io.eventloop.subprocess;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.SubprocessTransport;
import io.eventloop.testsupport.Leftovers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
@ParameterizedClass
@EnumSource
@ExtendWith(OutputCaptureExtension.class)
class CloseIT {

	@RegisterExtension
	private final LoopExtension extension;

	private final RecordingProtocol protocol = new RecordingProtocol();

	CloseIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	private SubprocessTransport sleeper() {
		return this.extension.connect(this.protocol, SubprocessSpec.exec("sleep", "60").pipes()).transport();
	}

	@Test
	@DisplayName("S223 closing the transport closes the pipes and kills the child; again does nothing")
	void closeKills() throws Exception {
		SubprocessTransport child = sleeper();
		this.extension.run(() -> {
			child.close();
			assertThat(child.isClosing()).isTrue();
			child.close();
		});
		child.close();
		assertThat(child.onDrained().join()).isEqualTo(this.extension.killedBy(9));
		this.protocol.lost.join();
		assertThat(this.protocol.events).containsOnlyOnce("pipe 0 lost", "pipe 1 lost", "pipe 2 lost", "exited",
				"lost");
	}

	@Test
	@DisplayName("S223 the transport may be closed from any thread")
	void closesFromAnyThread() {
		SubprocessTransport child = sleeper();
		child.close();
		assertThat(child.onDrained().join()).isEqualTo(this.extension.killedBy(9));
	}

	@Test
	@DisplayName("S223 in debug mode a line says that a running child was killed, without its arguments")
	void debugSaysThatItKills(CapturedOutput output) throws Exception {
		LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
		logging.setLogLevel(ChildTransport.class.getName(), LogLevel.DEBUG);
		try {
			this.extension.run(() -> this.extension.loop().setDebug(true));
			SubprocessTransport child = this.extension
				.connect(this.protocol, SubprocessSpec.exec("sleep", "61.5").pipes())
				.transport();
			child.close();
			child.onDrained().join();
			assertThat(output).contains("was created")
				.contains("is closed while it runs: it is killed")
				.contains("has exited")
				.contains("program=sleep")
				.doesNotContain("61.5");
		}
		finally {
			logging.setLogLevel(ChildTransport.class.getName(), null);
		}
	}

	@Test
	@DisplayName("S224 a child that has died, but was not reported yet, is not killed")
	void doesNotKillTheDead() throws Exception {
		SubprocessTransport child = this.extension
			.connect(this.protocol, SubprocessSpec.shell("read x; exit 3").pipes())
			.transport();
		this.extension.run(() -> {
			child.pipeTransport(0).close();
			this.extension.loop().callSoon(() -> {
				Awaitility.await().pollInSameThread().until(() -> child.returnCode().isPresent());
				child.close();
			});
		});
		assertThat(child.onDrained().join()).isEqualTo(3);
	}

	@Test
	@DisplayName("S225 closing a transport whose loop is closed does nothing")
	void closesAfterItsLoop() throws Exception {
		SubprocessTransport child = sleeper();
		this.extension.close();
		child.close();
		assertThat(child.returnCode()).hasValue(this.extension.killedBy(9));
	}

	@Test
	@DisplayName("Closing the loop kills and reaps its children, and releases who waits for them")
	void closingTheLoopEndsEverything() throws Exception {
		List<Subprocess> children = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			children.add(this.extension.start(SubprocessSpec.exec("sleep", "60").pipes()));
		}
		Subprocess first = children.get(0);
		LoopFuture<byte[]> read = first.stdout().read();
		LoopFuture<Integer> exit = first.onExit();
		LoopFuture<Void> closed = first.stdin().waitClosed();
		this.extension.close();
		assertThat(exit).isCompletedWithValue(this.extension.killedBy(9));
		assertThat(children).allSatisfy((child) -> {
			assertThat(child.onExit()).isCompletedWithValue(this.extension.killedBy(9));
			assertThat(child.onDrained()).isCompletedWithValue(this.extension.killedBy(9));
		});
		assertThatExceptionOfType(CompletionException.class).isThrownBy(read::join)
			.withCauseInstanceOf(IllegalStateException.class)
			.withMessageContaining("was closed while it had this child");
		assertThat(closed).isCompletedExceptionally();
		assertThat(Leftovers.currentChildren()).isEqualTo(this.extension.before().children());
		assertThat(this.extension.loop().subprocessTransports()).isEmpty();
	}

	@Test
	@DisplayName("Closing the loop tells protocols what was still to come, connectionLost last")
	void closingTheLoopTellsProtocols() throws Exception {
		sleeper();
		this.extension.close();
		assertThat(this.protocol.events).containsExactly("made", "pipe 0 lost IllegalStateException",
				"pipe 1 lost IllegalStateException", "pipe 2 lost IllegalStateException", "exited",
				"lost IllegalStateException");
	}

	@Test
	@DisplayName("Closing the loop closes the pipes that a grandchild of a dead child still holds")
	void closingTheLoopClosesHeldPipes() throws Exception {
		Subprocess child = this.extension.shell("exec 3<&0; (read x <&3) & exit 2");
		child.onExit().join();
		LoopFuture<Integer> drained = child.onDrained();
		this.extension.close();
		assertThat(drained).isCompletedWithValue(2);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("Closing the loop ends every future of a dead child, though nothing else refers to it")
	void closingTheLoopEndsForgottenFutures(boolean paused) throws Exception {
		List<CompletableFuture<?>> futures = futuresOfAForgottenChild(paused);
		System.gc();
		System.gc();
		this.extension.close();
		assertThat(futures).allSatisfy((future) -> assertThat(future).isDone());
	}

	/**
	 * Return what waits for a child that has exited while a grandchild holds its pipes:
	 * if its output is paused, only the future of its last pipe.
	 */
	private List<CompletableFuture<?>> futuresOfAForgottenChild(boolean paused) {
		if (paused) {
			Subprocess child = this.extension.start(SubprocessSpec.shell("head -c 300000 /dev/zero & sleep 0.2; exit 2")
				.limit(1000)
				.stdout(ProcessBuilder.Redirect.PIPE));
			child.onExit().join();
			return List.of(child.onDrained().thenApply(String::valueOf));
		}
		Subprocess child = this.extension.shell("exec 3<&0; (sleep 4; read x <&3) & sleep 0.2; exit 2");
		child.stdin().write(new byte[1024 * 1024]);
		List<CompletableFuture<?>> futures = List.of(child.stdout().readLine().thenApply(String::new),
				child.stdin().drain().thenApply(String::valueOf), child.onDrained().thenApply(String::valueOf));
		child.onExit().join();
		return futures;
	}

	@RepeatedTest(5)
	@DisplayName("Children that are being started when the loop closes are killed, and their futures fail")
	void closingTheLoopEndsLaunches() throws Exception {
		EventLoop loop = this.extension.loop();
		List<LoopFuture<Subprocess>> launches = new ArrayList<>();
		this.extension.run(() -> {
			for (int i = 0; i < 50; i++) {
				launches.add(loop.subprocess(SubprocessSpec.exec("sleep", "60").pipes()));
			}
		});
		for (int i = 0; i < 50; i++) {
			launches.add(loop.subprocess(SubprocessSpec.exec("sleep", "60").pipes()));
		}
		this.extension.close();
		assertThat(launches).allSatisfy((launch) -> assertThat(launch).isDone());
		assertThat(launches).last().satisfies((launch) -> assertThat(launch).isCompletedExceptionally());
		assertThat(Leftovers.currentChildren()).isEqualTo(this.extension.before().children());
	}

	@Test
	@DisplayName("The thread that starts children ends with the loop")
	void spawnThreadEnds() throws Exception {
		this.extension.start(SubprocessSpec.exec("true")).onExit().join();
		assertThat(Leftovers.now().threads()).anyMatch((name) -> name.startsWith("eventloop-spawn-"));
		this.extension.close();
		Awaitility.await()
			.atMost(Duration.ofSeconds(5))
			.until(() -> Leftovers.now().threads().stream().noneMatch((name) -> name.startsWith("eventloop-spawn-")));
	}

}
