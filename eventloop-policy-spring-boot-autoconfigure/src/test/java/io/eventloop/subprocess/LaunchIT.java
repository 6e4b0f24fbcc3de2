package io.eventloop.subprocess;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.eventloop.ChildExit;
import io.eventloop.ChildListener;
import io.eventloop.ChildListeners;
import io.eventloop.ChildWatcher;
import io.eventloop.ExitStatus;
import io.eventloop.LoopFuture;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.SubprocessTransport;
import io.eventloop.testsupport.Leftovers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
class LaunchIT implements ChildListener {

	@RegisterExtension
	private final LoopExtension extension;

	private final AtomicInteger spawned = new AtomicInteger();

	private final List<ChildExit> reaped = new CopyOnWriteArrayList<>();

	private final SubprocessSpec sleeper = SubprocessSpec.exec("sleep", "60").pipes();

	private MeddlingWatcher watcher;

	LaunchIT(WatcherKind kind) {
		this.extension = new LoopExtension(kind, (created) -> {
			this.watcher = new MeddlingWatcher(created);
			return this.watcher;
		});
	}

	@BeforeEach
	void listen() {
		ChildListeners.add(this);
	}

	@AfterEach
	void everyChildIsReportedOnce() throws Exception {
		this.extension.close();
		ChildListeners.remove(this);
		assertThat(this.reaped).hasSize(this.spawned.get()).extracting(ChildExit::pid).doesNotHaveDuplicates();
		assertThat(this.watcher.openScopes()).isZero();
	}

	@Override
	public void childSpawned(ChildWatcher by, long pid, String name, Duration spawnTime) {
		assertThat(by).isSameAs(this.watcher);
		assertThat(spawnTime).isPositive();
		this.spawned.incrementAndGet();
	}

	@Override
	public void childReaped(ChildWatcher by, ChildExit exit, String name, Duration lifetime) {
		this.reaped.add(exit);
	}

	@Test
	@DisplayName("S198 with an inactive watcher the launch fails before anything is spawned or registered")
	void inactiveWatcherSpawnsNothing() {
		this.watcher.active = false;
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.extension.start(this.sleeper))
			.withCauseInstanceOf(IllegalStateException.class)
			.withMessageContaining("is not active");
		assertThat(this.spawned).hasValue(0);
		assertThat(this.watcher.calls).containsExactly("enter", "leave");
		assertThat(Leftovers.currentChildren()).isEqualTo(this.extension.before().children());
	}

	@Test
	@DisplayName("S199 the child is spawned, registered and connected within the watcher's scope")
	void everythingHappensInTheScope() {
		RecordingProtocol protocol = new RecordingProtocol() {

			@Override
			public void connectionMade(SubprocessTransport transport) {
				LaunchIT.this.watcher.calls.add("connected");
			}

		};
		this.extension.connect(protocol, SubprocessSpec.exec("true"));
		protocol.lost.join();
		assertThat(this.watcher.calls).containsExactly("enter", "add", "connected", "leave");
		assertThat(this.watcher.childrenAtEntry).isEqualTo(this.extension.before().children());
	}

	@Test
	@DisplayName("S200 a launch that is cancelled, whenever, leaves neither child nor pipe")
	void cancelledLaunchesLeaveNothing() throws Exception {
		List<LoopFuture<Subprocess>> launches = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			LoopFuture<Subprocess> launch = this.extension.loop().subprocess(this.sleeper);
			LockSupport.parkNanos(i * 50_000L);
			if (!launch.cancel(false)) {
				launch.join().kill();
			}
			launches.add(launch);
		}
		assertThat(launches).filteredOn(LoopFuture::isCancelled).isNotEmpty();
		Awaitility.await()
			.untilAsserted(() -> assertThat(Leftovers.currentChildren()).isEqualTo(this.extension.before().children()));
	}

	@Test
	@DisplayName("S200 S169 no watcher says that it took the exit of a child from us whose launch was cancelled")
	void cancelledLaunchesAreNotWarnedAbout(CapturedOutput output) throws Exception {
		for (int i = 0; i < 100; i++) {
			LoopFuture<Subprocess> launch = this.extension.loop().subprocess(SubprocessSpec.exec("true"));
			LockSupport.parkNanos(i * 20_000L);
			launch.cancel(false);
		}
		this.extension.start(this.sleeper);
		this.extension.close();
		assertThat(output).doesNotContain("not registered");
	}

	@Test
	@DisplayName("S200 a launch cancelled on the loop is never begun, or ended as soon as it has arrived")
	void cancelledOnTheLoop() throws Exception {
		this.extension.run(() -> this.extension.loop().subprocess(this.sleeper).cancel(false));
		Awaitility.await().until(() -> this.watcher.openScopes() == 0);
		Awaitility.await()
			.untilAsserted(() -> assertThat(Leftovers.currentChildren()).isEqualTo(this.extension.before().children()));
		assertThat(this.reaped).allSatisfy((exit) -> assertThat(exit.returnCode()).isEqualTo(-9));
	}

	@Test
	@DisplayName("S200 where the child cannot be registered it is killed and reaped, and the error reported")
	void failedRegistrationKills() {
		this.watcher.refusal = new IllegalStateException("no more children");
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.extension.start(this.sleeper))
			.withCause(this.watcher.refusal);
		assertThat(this.reaped).singleElement()
			.satisfies((exit) -> assertThat(exit.status()).isEqualTo(new ExitStatus.Signaled(9, false)));
		assertThat(Leftovers.currentChildren()).isEqualTo(this.extension.before().children());
		assertThat(this.extension.loop().subprocessTransports()).isEmpty();
	}

	@Test
	@DisplayName("S200 so it is when there is no thread left to watch it")
	void failedRegistrationByAnErrorKills() {
		this.watcher.refusal = new OutOfMemoryError("unable to create native thread, on purpose");
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.extension.start(this.sleeper))
			.withCause(this.watcher.refusal);
		assertThat(this.reaped).hasSize(1);
		assertThat(this.extension.loop().isRunning()).isTrue();
	}

	@Test
	@DisplayName("A listener that throws is no concern of the child's")
	void listenerMayThrow() {
		ChildListener throwing = new ChildListener() {

			@Override
			public void childSpawned(ChildWatcher by, long pid, String name, Duration spawnTime) {
				throw new IllegalArgumentException("spawned");
			}

			@Override
			public void childReaped(ChildWatcher by, ChildExit exit, String name, Duration lifetime) {
				throw new IllegalArgumentException("reaped");
			}

		};
		ChildListeners.add(throwing);
		try {
			assertThat(this.extension.start(SubprocessSpec.shell("exit 3")).onExit().join()).isEqualTo(3);
		}
		finally {
			ChildListeners.remove(throwing);
		}
		assertThat(this.extension.errors).extracting((error) -> error.exception().getMessage())
			.containsExactly("spawned", "reaped");
		this.extension.errors.clear();
	}

	@Test
	@DisplayName("S226 an exit that is reported before the connection is made is told after it, in order")
	void earlyExitIsToldLater() {
		this.watcher.reportsWhileRegistering = true;
		RecordingProtocol protocol = new RecordingProtocol();
		this.extension.connect(protocol, SubprocessSpec.exec("true"));
		protocol.lost.join();
		assertThat(protocol.events).containsExactly("made", "exited", "lost");
	}

	@Test
	@DisplayName("S226 so is one of a child with pipes, before what the pipes say")
	void earlyExitOfAPipedChild() {
		this.watcher.reportsWhileRegistering = true;
		RecordingProtocol protocol = new RecordingProtocol();
		this.extension.connect(protocol, SubprocessSpec.shell("echo out").pipes());
		protocol.lost.join();
		assertThat(protocol.events).startsWith("made", "exited").contains("data 1 out\n").endsWith("lost");
	}

	@Test
	@DisplayName("Each child is reported to listeners once when it starts and once when it ends")
	void listenersHearOfEachChildOnce() {
		for (int i = 0; i < 5; i++) {
			this.extension.start(SubprocessSpec.shell("exit " + i)).onExit().join();
		}
		assertThat(this.spawned).hasValue(5);
		assertThat(this.reaped).extracting(ChildExit::returnCode).containsExactly(0, 1, 2, 3, 4);
	}

}
