package io.eventloop.watcher;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.eventloop.ChildWatcher;
import io.eventloop.Signal;
import io.eventloop.SpawnScope;
import io.eventloop.posix.ChildProcess;
import io.eventloop.testsupport.Proc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What {@code safe} and {@code fast} have in common: a loop that they are attached to.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
@ParameterizedClass
@MethodSource("watchers")
class SigchldLoopIT {

	private static final String DETACHED = "children registered; their exits are reported once it is attached";

	private final WatcherLeftovers before = WatcherLeftovers.now();

	private final Object handlerBefore = ForeignSigchld.current();

	private final LoopThread main = new LoopThread("main-loop");

	private final LoopThread second = new LoopThread("second-loop");

	private final RecordedExits exits = new RecordedExits();

	private final ChildWatcher watcher;

	private SpawnScope scope;

	SigchldLoopIT(Supplier<ChildWatcher> factory) {
		this.watcher = factory.get();
	}

	static Stream<Named<Supplier<ChildWatcher>>> watchers() {
		return Stream.of(Named.of("safe", SafeChildWatcher::new), Named.of("fast", FastChildWatcher::new));
	}

	@BeforeEach
	void enterScope() {
		this.main.awaitRunning();
		this.second.awaitRunning();
		this.scope = this.watcher.enter();
	}

	@AfterEach
	void nothingIsLeftBehind() {
		this.scope.close();
		this.watcher.close();
		this.main.close();
		this.second.close();
		assertThat(ForeignSigchld.current()).isSameAs(this.handlerBefore);
		this.before.assertNothingMore();
	}

	@Test
	@DisplayName("S144 S159 the signal handler is there while a loop is attached, one for all")
	void handlerIsThereWhileALoopIsAttached() {
		assertThat(ForeignSigchld.current()).isSameAs(this.handlerBefore);
		this.watcher.attachLoop(this.main.loop());
		Object installed = ForeignSigchld.current();
		assertThat(installed).isNotSameAs(this.handlerBefore);
		this.watcher.attachLoop(this.main.loop());
		this.watcher.attachLoop(this.second.loop());
		assertThat(ForeignSigchld.current()).isSameAs(installed);
		this.watcher.attachLoop(null);
		assertThat(ForeignSigchld.current()).isSameAs(this.handlerBefore);
	}

	@Test
	@DisplayName("S147 another SIGCHLD does nothing")
	void anotherSignalDoesNothing() {
		this.watcher.attachLoop(this.main.loop());
		ChildProcess self = ChildProcess.of(ProcessHandle.current().pid());
		TestChild child = TestChild.running(3);
		register(this.main, child);
		self.signal(Signal.SIGCHLD);
		child.end();
		assertThat(this.exits.next().returnCode()).isEqualTo(3);
		self.signal(Signal.SIGCHLD);
		reportAnother();
		assertThat(this.exits.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S148 two children that die one after the other are each reported with their code")
	void oneAfterTheOther() {
		this.watcher.attachLoop(this.main.loop());
		List<TestChild> children = List.of(TestChild.running(3), TestChild.running(4));
		children.forEach((child) -> register(this.main, child));
		children.get(1).end();
		assertThat(this.exits.next().returnCode()).isEqualTo(4);
		children.get(0).end();
		assertThat(this.exits.next().returnCode()).isEqualTo(3);
	}

	@Test
	@DisplayName("S159 S160 a child that dies while the watcher moves to another loop is reported by its own loop")
	void childThatDiesDuringTheMove() {
		this.watcher.attachLoop(this.main.loop());
		TestChild child = TestChild.running(3);
		register(this.main, child);
		var goOn = this.main.block();
		child.end();
		child.awaitEnd();
		this.watcher.attachLoop(this.second.loop());
		goOn.countDown();
		RecordedExits.Report report = this.exits.next();
		assertThat(report.returnCode()).isEqualTo(3);
		assertThat(report.loop()).isSameAs(this.main.loop());
	}

	@Test
	@DisplayName("S161 detached with children it warns and keeps them; who died meanwhile is reported once attached again")
	void detachedWithChildren(CapturedOutput output) {
		this.watcher.attachLoop(this.main.loop());
		TestChild child = TestChild.running(3);
		register(this.main, child);
		this.watcher.attachLoop(null);
		assertThat(output).containsOnlyOnce("with 1 " + DETACHED);
		assertThat(this.watcher.isActive()).isFalse();
		child.end();
		child.awaitEnd();
		this.main.run(() -> {
		});
		assertThat(this.exits.isEmpty()).isTrue();
		assertThat(Proc.state(child.pid())).isEqualTo(Proc.ZOMBIE);
		this.watcher.attachLoop(this.second.loop());
		assertThat(this.exits.next().returnCode()).isEqualTo(3);
	}

	@Test
	@DisplayName("S161 a loop that closes while attached: inactive, its children are kept for the next")
	void attachedLoopCloses(CapturedOutput output) {
		this.watcher.attachLoop(this.main.loop());
		List<TestChild> children = List.of(TestChild.running(3), TestChild.running(4));
		register(this.main, children.get(0));
		register(this.second, children.get(1));
		this.main.close();
		assertThat(this.watcher.isActive()).isFalse();
		assertThat(ForeignSigchld.current()).isSameAs(this.handlerBefore);
		assertThat(output).containsOnlyOnce("with 2 " + DETACHED);
		children.forEach(TestChild::end);
		children.forEach(TestChild::awaitEnd);
		this.watcher.attachLoop(this.second.loop());
		assertThat(List.of(this.exits.next().returnCode(), this.exits.next().returnCode())).containsExactlyInAnyOrder(3,
				4);
	}

	@Test
	@DisplayName("S161 a loop that is stopped and runs again reports who died meanwhile")
	void attachedLoopRunsAgain() {
		ManualLoop stopped = new ManualLoop();
		this.watcher.attachLoop(stopped.loop());
		stopped.runPosted();
		TestChild child = TestChild.running(3);
		register(this.second, child);
		stopped.runPosted();
		child.end();
		WatcherLeftovers.await(() -> !stopped.posted.isEmpty());
		assertThat(this.exits.isEmpty()).isTrue();
		stopped.runPosted();
		assertThat(this.exits.next().loop()).isSameAs(this.second.loop());
	}

	@Test
	@DisplayName("S162 closed without children it lets go of the signal, and warns of nothing")
	void closedWithoutChildren(CapturedOutput output) {
		this.watcher.attachLoop(this.main.loop());
		this.scope.close();
		this.watcher.close();
		this.watcher.close();
		assertThat(ForeignSigchld.current()).isSameAs(this.handlerBefore);
		this.watcher.attachLoop(this.main.loop());
		assertThat(ForeignSigchld.current()).isSameAs(this.handlerBefore);
		assertThat(this.watcher.isActive()).isFalse();
		assertThat(output).doesNotContain(DETACHED);
	}

	@Test
	@DisplayName("S162 closed with children it lets go of the signal when the last was reported")
	void closedWithChildren(CapturedOutput output) {
		this.watcher.attachLoop(this.main.loop());
		TestChild child = TestChild.running(3);
		register(this.main, child);
		this.scope.close();
		this.watcher.close();
		assertThat(ForeignSigchld.current()).isNotSameAs(this.handlerBefore);
		child.end();
		assertThat(this.exits.next().returnCode()).isEqualTo(3);
		WatcherLeftovers.await(() -> ForeignSigchld.current() == this.handlerBefore);
		assertThat(output).doesNotContain(DETACHED);
	}

	@Test
	@DisplayName("S163 active only with a loop attached that runs")
	void activeOnlyWithARunningLoop() {
		assertThat(this.watcher.isActive()).isFalse();
		this.watcher.attachLoop(this.main.loop());
		assertThat(this.watcher.isActive()).isTrue();
		this.main.stop();
		assertThat(this.watcher.isActive()).isFalse();
		this.watcher.attachLoop(this.second.loop());
		assertThat(this.watcher.isActive()).isTrue();
		this.second.close();
		assertThat(this.watcher.isActive()).isFalse();
		this.watcher.attachLoop(this.second.loop());
		assertThat(this.watcher.isActive()).isFalse();
	}

	@Test
	@DisplayName("S163 inactive it refuses a child before anything is reaped, and says what to do")
	void inactiveItRefusesAChild() {
		TestChild child = TestChild.ended(3);
		this.main.run(() -> assertThatIllegalStateException()
			.isThrownBy(() -> this.watcher.addChildHandler(child.pid(), this.exits))
			.withMessageStartingWith(
					"Cannot watch process %d: the %s child watcher is attached to no running event loop"
						.formatted(child.pid(), this.watcher.name()))
			.withMessageContaining("run one in the main context"));
		assertThat(this.watcher.removeChildHandler(child.pid())).isFalse();
		assertThat(Proc.state(child.pid())).isEqualTo(Proc.ZOMBIE);
		this.watcher.attachLoop(this.main.loop());
		register(this.main, child);
		assertThat(this.exits.next().returnCode()).isEqualTo(3);
	}

	@Test
	@DisplayName("S160 sweeps run on the attached loop, the handler on the loop of the registration")
	void handlerRunsOnTheLoopOfTheRegistration() {
		this.watcher.attachLoop(this.main.loop());
		TestChild child = TestChild.running(3);
		register(this.second, child);
		var goOn = this.main.block();
		child.end();
		child.awaitEnd();
		this.second.run(() -> {
		});
		assertThat(this.exits.isEmpty()).isTrue();
		goOn.countDown();
		assertThat(this.exits.next().loop()).isSameAs(this.second.loop());
	}

	private void register(LoopThread thread, TestChild child) {
		thread.run(() -> this.watcher.addChildHandler(child.pid(), this.exits));
	}

	/**
	 * A sweep that begins now has ended when this returns.
	 */
	private void reportAnother() {
		TestChild child = TestChild.running(99);
		register(this.main, child);
		child.end();
		assertThat(this.exits.next().returnCode()).isEqualTo(99);
	}

}
