package io.eventloop.watcher;

import java.util.List;

import io.eventloop.ExitStatus;
import io.eventloop.Signal;
import io.eventloop.posix.ChildProcess;
import io.eventloop.testsupport.Proc;
import io.eventloop.watcher.RecordedExits.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class MultiLoopChildWatcherIT {

	private final WatcherLeftovers before = WatcherLeftovers.now();

	private final Object handlerBefore = ForeignSigchld.current();

	private final ManualLoop loop = new ManualLoop();

	private final ManualLoop otherLoop = new ManualLoop();

	private final RecordedExits exits = new RecordedExits();

	private final RecordedExits others = new RecordedExits();

	private final MultiLoopChildWatcher watcher = new MultiLoopChildWatcher();

	@AfterEach
	void nothingIsLeftBehind() {
		this.watcher.close();
		ForeignSigchld.handle(this.handlerBefore);
		this.before.assertNothingMore();
	}

	@Test
	@DisplayName("S173 S174 S177 the handler is installed on instantiation, in any thread; attaching changes nothing")
	void handlerIsInstalledOnInstantiation() {
		Object installed = ForeignSigchld.current();
		assertThat(installed).isNotSameAs(this.handlerBefore);
		assertThat(this.watcher.isActive()).isTrue();
		this.watcher.attachLoop(this.loop.loop());
		assertThat(ForeignSigchld.current()).isSameAs(installed);
		this.watcher.attachLoop(null);
		assertThat(ForeignSigchld.current()).isSameAs(installed);
		assertThat(this.watcher.isActive()).isTrue();
		assertThat(this.loop.closeListeners).isEmpty();
	}

	@Test
	@DisplayName("S175 S181 close puts back the handler from before, once")
	void closePutsBackTheHandlerFromBefore(CapturedOutput output) {
		ForeignSigchld foreign = new ForeignSigchld();
		this.watcher.close();
		foreign.take();
		MultiLoopChildWatcher second = new MultiLoopChildWatcher();
		assertThat(output).contains("The multi-loop child watcher has replaced the SIGCHLD handler a foreign handler");
		second.close();
		assertThat(second.isActive()).isFalse();
		assertThat(ForeignSigchld.current()).isSameAs(foreign.handler());
		ForeignSigchld.handle(this.handlerBefore);
		second.close();
		assertThat(ForeignSigchld.current()).isSameAs(this.handlerBefore);
		assertThat(output).doesNotContain("Other code has replaced the SIGCHLD handler");
	}

	@Test
	@DisplayName("S175 close leaves a handler that other code has installed since, and says so")
	void closeLeavesTheHandlerOfOtherCode(CapturedOutput output) {
		ForeignSigchld foreign = new ForeignSigchld();
		foreign.take();
		this.watcher.close();
		assertThat(ForeignSigchld.current()).isSameAs(foreign.handler());
		assertThat(output)
			.containsOnlyOnce("Other code has replaced the SIGCHLD handler of the multi-loop child watcher");
	}

	@Test
	@DisplayName("S181 closed with children, it keeps the signal until the last was reported or removed")
	void closedWithChildrenItKeepsTheSignal() {
		List<TestChild> children = List.of(TestChild.running(1), TestChild.running(2));
		children.forEach(this::register);
		Object installed = ForeignSigchld.current();
		this.watcher.close();
		assertThat(ForeignSigchld.current()).isSameAs(installed);
		children.get(0).end();
		reportNext();
		assertThat(ForeignSigchld.current()).isSameAs(installed);
		this.watcher.removeChildHandler(children.get(1).pid());
		assertThat(ForeignSigchld.current()).isSameAs(this.handlerBefore);
		children.get(1).end();
		children.get(1).reap();
	}

	@Test
	@DisplayName("S178 registration checks that child at once")
	void registrationChecksTheChild() {
		TestChild child = TestChild.ended(3);
		register(child);
		assertThat(this.loop.posted).hasSize(1);
		this.loop.runPosted();
		assertThat(this.exits.next().returnCode()).isEqualTo(3);
	}

	@Test
	@DisplayName("S179 the signal's thread posts to the child's loop, which reaps")
	void signalPostsToTheLoop() {
		TestChild child = TestChild.running(7);
		register(child);
		child.end();
		awaitPosted(this.loop, 1);
		assertThat(Proc.state(child.pid())).isEqualTo(Proc.ZOMBIE);
		this.loop.runPosted();
		assertThat(Proc.state(child.pid())).isEqualTo(Proc.GONE);
		assertThat(this.exits.next().thread()).isEqualTo(Thread.currentThread().getName());
	}

	@Test
	@DisplayName("S179 a dead foreign child on top hides no other, and is left to its owner")
	void foreignChildOnTopHidesNoOther() {
		TestChild foreign = TestChild.ended(1);
		List<TestChild> children = TestChild.together(2, 3);
		children.forEach(this::register);
		children.get(0).end();
		children.forEach(TestChild::awaitEnd);
		awaitPosted(this.loop, 1);
		this.loop.runPosted();
		assertThat(List.of(this.exits.next().returnCode(), this.exits.next().returnCode())).containsExactlyInAnyOrder(2,
				3);
		assertThat(Proc.state(foreign.pid())).isEqualTo(Proc.ZOMBIE);
		foreign.reap();
	}

	@Test
	@DisplayName("S182 a loop that does not run keeps no other from hearing")
	void loopThatDoesNotRunKeepsNoOtherFromHearing() {
		TestChild stuck = TestChild.running(1);
		register(stuck);
		stuck.end();
		awaitPosted(this.loop, 1);
		TestChild child = TestChild.running(2);
		this.otherLoop.run(() -> this.watcher.addChildHandler(child.pid(), this.others));
		child.end();
		awaitPosted(this.otherLoop, 1);
		this.otherLoop.runPosted();
		assertThat(this.others.next().returnCode()).isEqualTo(2);
		this.loop.runPosted();
		assertThat(this.exits.next().returnCode()).isOne();
	}

	@Test
	@DisplayName("S182 signals that come in any number while the same pid is registered again and again report it once")
	void signalStormDuringRegistration() {
		TestChild child = TestChild.running(5);
		try (LoopThread thread = new LoopThread("storm")) {
			ChildProcess self = ChildProcess.of(ProcessHandle.current().pid());
			thread.loop().callSoonThreadsafe(child::end);
			for (int i = 0; i < 200; i++) {
				self.signal(Signal.SIGCHLD);
				if (i == 20) {
					thread.run(() -> {
						for (int n = 0; n < 50; n++) {
							this.watcher.addChildHandler(child.pid(), this.exits);
							self.signal(Signal.SIGCHLD);
						}
					});
				}
			}
			assertThat(this.exits.next().returnCode()).isEqualTo(5);
			thread.run(() -> {
			});
		}
		assertThat(this.exits.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S182 a loop asleep in its selector is woken")
	void sleepingLoopIsWoken() {
		try (LoopThread thread = new LoopThread("sleeper")) {
			TestChild child = TestChild.running(5);
			thread.run(() -> this.watcher.addChildHandler(child.pid(), this.exits));
			assertThat(child.process().peek()).isNull();
			long start = System.nanoTime();
			child.end();
			this.exits.next();
			assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(PeriodicSweep.PERIOD.toMillis());
		}
	}

	@Test
	@DisplayName("S180 the child of a loop that has closed is reported on the signal's thread")
	void childOfAClosedLoop() {
		TestChild child = TestChild.running(6);
		register(child);
		this.loop.close();
		child.end();
		Report report = this.exits.next();
		assertThat(report.exit().status()).isEqualTo(new ExitStatus.Exited(6));
		assertThat(report.loop()).isNull();
		assertThat(report.thread()).isNotEqualTo(Thread.currentThread().getName());
	}

	@Test
	@DisplayName("S180 a child that had died when its loop closed is reported on the thread that closes it")
	void deadChildOfALoopThatCloses() {
		TestChild child = TestChild.running(6);
		register(child);
		child.end();
		awaitPosted(this.loop, 1);
		this.loop.close();
		assertThat(this.exits.next().returnCode()).isEqualTo(6);
	}

	private void register(TestChild child) {
		this.loop.run(() -> this.watcher.addChildHandler(child.pid(), this.exits));
	}

	private void reportNext() {
		awaitPosted(this.loop, 1);
		this.loop.runPosted();
		this.exits.next();
	}

	private static void awaitPosted(ManualLoop loop, int atLeast) {
		WatcherLeftovers.await(() -> loop.posted.size() >= atLeast);
	}

}
