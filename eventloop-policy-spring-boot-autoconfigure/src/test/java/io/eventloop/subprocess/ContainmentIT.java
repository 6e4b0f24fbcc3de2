package io.eventloop.subprocess;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.eventloop.ChildContainment;
import io.eventloop.LoopFuture;
import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.testsupport.RecordingContainment;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * A loop's containment has a say in how a child is started, and whatever ends a child
 * ends its tree.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(names = { "PIDFD", "IO_URING", "THREADED", "NONE" })
class ContainmentIT {

	private static final SubprocessSpec SLEEP = SubprocessSpec.exec("sleep", "62");

	@RegisterExtension
	private final LoopExtension extension;

	private final RecordingContainment containment = new RecordingContainment();

	private final boolean notesExitsElsewhere;

	ContainmentIT(WatcherKind watcher) {
		this.notesExitsElsewhere = watcher != WatcherKind.PIDFD && watcher != WatcherKind.IO_URING;
		this.extension = new LoopExtension(watcher);
	}

	@BeforeEach
	void setContainment() {
		this.extension.loop().setChildContainment(this.containment);
	}

	@Test
	@DisplayName("A loop begins with the containment by groups, and takes another, but not none")
	void containmentOfALoop() {
		assertThat(this.extension.loop().getChildContainment()).isSameAs(this.containment);
		assertThatNullPointerException().isThrownBy(() -> this.extension.loop().setChildContainment(null))
			.withMessageContaining("containment");
		this.extension.loop().setChildContainment(ChildContainment.GROUP);
		assertThat(this.extension.start(SubprocessSpec.exec("true")).onExit().join()).isZero();
		assertThat(this.containment.calls).isEmpty();
	}

	@Test
	@DisplayName("The child is started as its containment has prepared it, which is told of the start")
	void preparedSpecIsStarted() {
		Subprocess child = this.extension.shell("echo $" + RecordingContainment.VARIABLE);
		assertThat(new String(child.communicate(null).join().stdout(), StandardCharsets.UTF_8)).isEqualTo("oak\n");
		assertThat(this.containment.calls).containsExactly("started");
		assertThat(this.containment.roots).singleElement().satisfies((root) -> {
			assertThat(root.pid()).isEqualTo(child.pid());
			assertThat(root.leadsGroup()).isFalse();
		});
	}

	@Test
	@DisplayName("What was prepared for a child that cannot be started is released")
	void failedStartIsTold() {
		assertThat(this.extension.loop().subprocess(SubprocessSpec.exec("/no/such/program")))
			.failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withCauseInstanceOf(NoSuchFileException.class);
		assertThat(this.containment.calls).containsExactly("not started");
	}

	@Test
	@DisplayName("A child that cannot be contained is not started")
	void refusedChildIsNotStarted() {
		this.extension.loop().setChildContainment((spec) -> {
			throw new IOException("no room for " + spec.program());
		});
		assertThat(this.extension.loop().subprocess(SLEEP)).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withMessageContaining("no room for sleep");
		assertThat(this.extension.loop().subprocessTransports()).isEmpty();
	}

	@Test
	@DisplayName("A child whose start its containment cannot take is killed and reaped, and its launch fails")
	void untoldStartIsUndone() {
		this.containment.onStarted = (root) -> {
			throw new IllegalStateException("not now");
		};
		LoopFuture<Subprocess> launch = this.extension.loop().subprocess(SLEEP);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(launch::join)
			.withStackTraceContaining("not now");
		assertThat(this.containment.calls).containsExactly("started");
		// The JDK reaps its own a moment later
		Awaitility.await().until(() -> ProcessHandle.of(this.containment.roots.get(0).pid()).isEmpty());
	}

	@Test
	void closingTheTransportKillsTheTree() {
		Subprocess child = this.extension.start(SLEEP);
		child.transport().close();
		assertThat(child.onExit().join()).isEqualTo(this.extension.killedBy(9));
		assertThat(this.containment.calls).containsExactly("started", "kill");
	}

	@Test
	@DisplayName("A child that was cancelled while it was started is killed with its tree")
	void cancelledLaunchKillsTheTree() throws Exception {
		CompletableFuture<LoopFuture<Subprocess>> launch = new CompletableFuture<>();
		this.containment.onStarted = (root) -> launch.join().cancel(true);
		launch.complete(this.extension.loop().subprocess(SLEEP));
		Awaitility.await().until(() -> this.containment.calls.contains("kill"));
		Awaitility.await().until(() -> ProcessHandle.of(this.containment.roots.get(0).pid()).isEmpty());
		assertThat(this.containment.calls).containsExactly("started", "kill");
	}

	@Test
	@DisplayName("Closing the loop kills the trees, and waits until the last member is killed")
	void closingTheLoopKillsTheTrees() throws Exception {
		CompletableFuture<Void> killed = new CompletableFuture<>();
		this.containment.killed = killed;
		this.containment.onKill = () -> killed.completeOnTimeout(null, 300, TimeUnit.MILLISECONDS);
		this.extension.start(SLEEP);
		this.extension.start(SLEEP);
		this.extension.close();
		assertThat(killed).as("awaited").isDone();
		assertThat(this.containment.calls).containsExactly("started", "started", "kill", "kill");
	}

	@Test
	@DisplayName("Closing the loop waits for the tree of a child whose exit another thread notes meanwhile")
	void closingTheLoopAwaitsTheTreeOfAChildThatHasExited() throws Exception {
		CompletableFuture<Void> killed = new CompletableFuture<>();
		Subprocess child = this.extension.start(SLEEP);
		this.containment.killed = killed;
		this.containment.onKill = () -> {
			ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroyForcibly);
			if (this.notesExitsElsewhere) {
				Awaitility.await().until(() -> child.transport().exit().isPresent());
			}
			killed.completeOnTimeout(null, 300, TimeUnit.MILLISECONDS);
		};
		this.extension.close();
		assertThat(killed).as("awaited").isDone();
		assertThat(child.onExit().join()).isEqualTo(this.extension.killedBy(9));
	}

	@Test
	@DisplayName("Where its containment fails, the child is killed all the same")
	void failingKillEndsTheChild() {
		this.containment.onKill = () -> {
			throw new IllegalStateException("no tree");
		};
		Subprocess child = this.extension.start(SLEEP);
		child.transport().close();
		assertThat(child.onExit().join()).isEqualTo(this.extension.killedBy(9));
	}

	@Test
	@DisplayName("A tree is sent what its root is sent, as long as that is not reaped")
	void treeIsSignalled() {
		Subprocess child = this.extension.start(SLEEP);
		child.transport().tree().signal(Signal.SIGTERM);
		assertThat(child.onExit().join()).isEqualTo(this.extension.killedBy(15));
		assertThatExceptionOfType(ProcessLookupException.class).isThrownBy(child.transport().tree()::kill);
	}

}
