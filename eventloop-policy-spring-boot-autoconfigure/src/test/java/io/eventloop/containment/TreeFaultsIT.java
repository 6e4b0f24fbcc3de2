package io.eventloop.containment;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.eventloop.Signal;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.Teardown;
import io.eventloop.UnsupportedPlatformException;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import io.eventloop.testsupport.Proc;
import io.eventloop.testsupport.ProcessStat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Trees that are hard to end are ended with their child, however it is ended. With
 * {@code -Dtrees.times=50} each is tried a hundred times in two ways.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
@ParameterizedClass
@CsvSource({ "PIDFD, MARK", "NONE, MARK", "PIDFD, CGROUP", "IO_URING, MARK" })
class TreeFaultsIT {

	private static final int TIMES = Integer.getInteger("trees.times", 1);

	private static final AtomicInteger NUMBERS = new AtomicInteger();

	@RegisterExtension
	private final LoopExtension extension;

	/**
	 * In the command line of everything that a test starts.
	 */
	private final String tag = "98765." + ProcessHandle.current().pid()
			+ String.format("%05d", NUMBERS.incrementAndGet());

	private final ContainmentMechanism mechanism;

	TreeFaultsIT(WatcherKind watcher, ContainmentMechanism mechanism) {
		this.extension = new LoopExtension(watcher);
		this.mechanism = mechanism;
	}

	@BeforeEach
	void setContainment() {
		try {
			this.extension.loop().setChildContainment(TreeContainment.builder().mechanism(this.mechanism).build());
		}
		catch (UnsupportedPlatformException ex) {
			Assumptions.abort(ex.getMessage());
		}
	}

	@AfterEach
	void endSurvivors() {
		survivors().map(ProcessStat::pid)
			.forEach((pid) -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("Closing the transport kills the whole tree")
	void transportIsClosed(FaultyTree tree) {
		for (int i = 0; i < TIMES; i++) {
			Subprocess child = start(tree);
			child.transport().close();
			child.onExit().join();
			assertThat(child.transport().tree().killed()).succeedsWithin(Duration.ofSeconds(10));
			assertNoSurvivor();
		}
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("A teardown asks the whole tree to end, and kills what does not")
	void treeIsTornDown(FaultyTree tree) {
		for (int i = 0; i < TIMES; i++) {
			Subprocess child = start(tree);
			Teardown ladder = Teardown.signal(Signal.SIGTERM, Duration.ofMillis(300)).thenKill();
			assertThat(child.end(ladder).join().ended()).isTrue();
			assertNoSurvivor();
		}
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("Closing the loop kills the whole tree, and returns when that is done")
	void loopIsClosed(FaultyTree tree) throws Exception {
		start(tree);
		this.extension.close();
		assertNoSurvivor();
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("A tree may be killed from several threads at once")
	void treeIsKilledFromSeveralThreads(FaultyTree tree) {
		Subprocess child = start(tree);
		CompletableFuture
			.allOf(Stream.generate(() -> CompletableFuture.runAsync(child.transport().tree()::kill))
				.limit(4)
				.toArray(CompletableFuture[]::new))
			.join();
		assertThat(child.transport().tree().killed()).succeedsWithin(Duration.ofSeconds(10));
		assertNoSurvivor();
	}

	private Subprocess start(FaultyTree tree) {
		assumeFindable(tree);
		Subprocess child = this.extension.loop()
			.subprocess(SubprocessSpec.exec("sh", "-c", tree.script(this.tag)).pipes())
			.join();
		assertThat(child.stdout().readLine().join()).isEqualTo("ready\n".getBytes());
		return child;
	}

	/**
	 * The one that marks cannot find is in {@link EscapedOrphanIT}.
	 */
	private void assumeFindable(FaultyTree tree) {
		Assumptions.assumeFalse(tree == FaultyTree.CLEARED_ORPHAN && this.mechanism == ContainmentMechanism.MARK);
	}

	private void assertNoSurvivor() {
		// A process that has got its signal may still be on its way out
		Awaitility.await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> assertThat(survivors()).isEmpty());
		List<ProcessStat> later = survivors().toList();
		assertThat(later).isEmpty();
	}

	private Stream<ProcessStat> survivors() {
		return Proc.processes()
			.stream()
			.filter((process) -> process.isAlive() && Proc.commandLine(process.pid()).contains(this.tag));
	}

}
