package io.eventloop.watcher;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.eventloop.SpawnScope;
import io.eventloop.testsupport.Proc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("try") // Scopes are there to end
class FastChildWatcherIT {

	private final WatcherLeftovers before = WatcherLeftovers.now();

	private final LoopThread main = new LoopThread("main-loop");

	private final RecordedExits exits = new RecordedExits();

	private final RecordedExits others = new RecordedExits();

	private FastChildWatcher watcher;

	@BeforeEach
	void attach() {
		this.watcher = new FastChildWatcher();
		this.watcher.attachLoop(this.main.loop());
		this.main.awaitRunning();
	}

	@AfterEach
	void nothingIsLeftBehind() {
		this.watcher.close();
		this.main.close();
		this.before.assertNothingMore();
	}

	@Test
	@DisplayName("S172 its creation says, in one sentence, whom it robs")
	void itsCreationSaysWhomItRobs(CapturedOutput output) {
		assertThat(output.getAll().lines().filter((line) -> line.contains("The fast child watcher reaps every child")))
			.singleElement()
			.asString()
			.contains("WARN", "ProcessBuilder, Runtime.exec or a native library", "reports exit value 0");
	}

	@Test
	@DisplayName("S167 a child that is registered outside a scope is refused, and nothing happens to it")
	void registrationOutsideAScopeIsRefused() {
		TestChild child = TestChild.running(3);
		this.main.run(() -> assertThatIllegalStateException()
			.isThrownBy(() -> this.watcher.addChildHandler(child.pid(), this.exits))
			.withMessageContaining("spawn and register it between enter() and the end of that scope"));
		assertThat(this.watcher.removeChildHandler(child.pid())).isFalse();
		try (SpawnScope scope = this.watcher.enter()) {
			register(this.main, child, this.exits);
		}
		child.end();
		assertThat(this.exits.next().returnCode()).isEqualTo(3);
	}

	@Test
	@DisplayName("S151 S158 S168 a child reaped before its registration, within the scope, is reported with its code")
	void childReapedBeforeItsRegistration(CapturedOutput output) {
		try (SpawnScope scope = this.watcher.enter()) {
			TestChild child = TestChild.ended(3);
			awaitReaped(child);
			register(this.main, child, this.exits);
			RecordedExits.Report report = this.exits.next();
			assertThat(report.returnCode()).isEqualTo(3);
			assertThat(report.exit().usage()).isNotNull();
			assertThat(report.loop()).isSameAs(this.main.loop());
		}
		assertThat(output).doesNotContain("that were not registered");
	}

	@Test
	@DisplayName("S166 S169 what is held when the last scope ends is listed in one warning")
	void leftoversAreListedOnce(CapturedOutput output) {
		SpawnScope outer = this.watcher.enter();
		SpawnScope inner = this.watcher.enter();
		List<TestChild> children = List.of(TestChild.ended(3), TestChild.ended(4));
		children.forEach(this::awaitReaped);
		inner.close();
		assertThat(output).doesNotContain("that were not registered");
		outer.close();
		outer.close();
		assertThat(output).containsOnlyOnce("has reaped children that were not registered")
			.contains("process %d (return code 3)".formatted(children.get(0).pid()),
					"process %d (return code 4)".formatted(children.get(1).pid()));
	}

	@Test
	@DisplayName("S170 an unknown child that dies outside any scope is warned about, with its code")
	void unknownChildOutsideAnyScope(CapturedOutput output) {
		TestChild child = TestChild.ended(3);
		String warning = "has reaped process %d, which was not registered, with return code 3".formatted(child.pid());
		WatcherLeftovers.await(() -> output.getAll().contains(warning));
		assertThat(output).containsOnlyOnce(warning);
	}

	@Test
	@DisplayName("S153 a removed child is reaped all the same, and warned about")
	void removedChildIsReapedAllTheSame(CapturedOutput output) {
		TestChild child = TestChild.running(3);
		try (SpawnScope scope = this.watcher.enter()) {
			register(this.main, child, this.exits);
		}
		assertThat(this.watcher.removeChildHandler(child.pid())).isTrue();
		child.end();
		awaitReaped(child);
		WatcherLeftovers.await(() -> output.getAll().contains("has reaped process " + child.pid()));
		assertThat(this.exits.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S152 S153 a handler can be replaced and removed until it is called, though the child is reaped")
	void handlerOfAReapedChild() {
		ManualLoop loop = new ManualLoop();
		List<TestChild> children = TestChild.together(3, 4);
		try (SpawnScope scope = this.watcher.enter()) {
			loop.run(() -> children.forEach((child) -> this.watcher.addChildHandler(child.pid(), this.others)));
			children.get(0).end();
			children.forEach(this::awaitReaped);
			WatcherLeftovers.await(() -> loop.posted.size() == 2);
			register(this.main, children.get(0), this.exits);
			assertThat(this.watcher.removeChildHandler(children.get(1).pid())).isTrue();
			assertThat(this.watcher.removeChildHandler(children.get(1).pid())).isFalse();
		}
		assertThat(this.exits.next().returnCode()).isEqualTo(3);
		loop.runPosted();
		assertThat(this.others.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S180 an exit on its way to a loop that closes is not lost")
	void exitOnItsWayToALoopThatCloses() {
		ManualLoop loop = new ManualLoop();
		TestChild child = TestChild.running(3);
		try (SpawnScope scope = this.watcher.enter()) {
			loop.run(() -> this.watcher.addChildHandler(child.pid(), this.exits));
		}
		child.end();
		awaitReaped(child);
		WatcherLeftovers.await(() -> !loop.posted.isEmpty());
		loop.close();
		assertThat(this.exits.next().returnCode()).isEqualTo(3);
	}

	@Test
	@DisplayName("S171 S172 a neighbour's ProcessBuilder comes to an end, and ours keep their codes")
	void neighbourIsRobbed() throws Exception {
		for (int i = 0; i < 20; i++) {
			Process neighbour = new ProcessBuilder("sh", "-c", "exit 7").start();
			TestChild child = TestChild.running(i);
			try (SpawnScope scope = this.watcher.enter()) {
				register(this.main, child, this.exits);
			}
			child.end();
			assertThat(this.exits.next().returnCode()).isEqualTo(i);
			assertThat(neighbour.waitFor(20, TimeUnit.SECONDS)).isTrue();
			assertThat(neighbour.exitValue()).as("0 where fast reaped it").isIn(0, 7);
		}
	}

	private void register(LoopThread thread, TestChild child, RecordedExits handler) {
		thread.run(() -> this.watcher.addChildHandler(child.pid(), handler));
	}

	private void awaitReaped(TestChild child) {
		WatcherLeftovers.await(() -> Proc.state(child.pid()) == Proc.GONE);
	}

}
