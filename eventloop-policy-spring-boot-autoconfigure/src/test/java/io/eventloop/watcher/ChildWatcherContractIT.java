package io.eventloop.watcher;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.eventloop.ChildWatcher;
import io.eventloop.ExceptionContext;
import io.eventloop.ExitStatus;
import io.eventloop.SpawnScope;
import io.eventloop.watcher.RecordedExits.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What all watchers keep, whatever their way. After each test the process has neither a
 * child, nor a pidfd, nor a waiting thread more than before.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
@ParameterizedClass
@MethodSource("watchers")
class ChildWatcherContractIT {

	private final Candidate candidate;

	private final LoopThread main = new LoopThread("main-loop");

	private final RecordedExits exits = new RecordedExits();

	private final RecordedExits others = new RecordedExits();

	private ChildWatcher watcher;

	private Leftovers before;

	ChildWatcherContractIT(Candidate candidate) {
		this.candidate = candidate;
	}

	static Stream<Candidate> watchers() {
		return Stream.of(new Candidate("threaded", ThreadedChildWatcher::new),
				new Candidate("pidfd", PidfdChildWatcher::new));
	}

	@BeforeEach
	void createWatcher() {
		this.before = Leftovers.now();
		this.watcher = this.candidate.factory().get();
		this.main.run(() -> this.watcher.attachLoop(this.main.loop()));
	}

	@AfterEach
	void nothingIsLeftBehind() {
		this.main.run(() -> this.watcher.attachLoop(null));
		this.watcher.close();
		this.main.close();
		this.before.assertNothingMore();
	}

	@Test
	void nameIsTheOneOfTheProperty() {
		assertThat(this.watcher.name()).isEqualTo(this.candidate.name());
	}

	@Test
	@DisplayName("S146 S185 S192 an exit is reported on the registering loop, with pid, code and usage, and reaped")
	void exitIsReported() {
		TestChild child = TestChild.running(7);
		register(this.main, child, this.exits);
		child.end();
		Report report = this.exits.next();
		assertThat(report.pid()).isEqualTo(child.pid());
		assertThat(report.exit().status()).isEqualTo(new ExitStatus.Exited(7));
		assertThat(report.exit().usage()).isNotNull();
		assertThat(report.loop()).isSameAs(this.main.loop());
		assertThat(report.thread()).isEqualTo(this.main.name());
		assertThat(Proc.state(child.pid())).isEqualTo(Proc.GONE);
		assertThat(this.watcher.removeChildHandler(child.pid())).isFalse();
	}

	@Test
	@DisplayName("S151 a child that ended before it was registered is reported")
	void exitBeforeRegistrationIsReported() {
		TestChild child = TestChild.ended(3);
		register(this.main, child, this.exits);
		assertThat(this.exits.next().returnCode()).isEqualTo(3);
		assertThat(Proc.state(child.pid())).isEqualTo(Proc.GONE);
	}

	@Test
	@DisplayName("S145 a live child's handler is not called")
	void aLiveChildIsNotReported() {
		List<TestChild> children = List.of(TestChild.running(1), TestChild.running(2));
		register(this.main, children.get(0), this.exits);
		register(this.main, children.get(1), this.others);
		children.get(1).end();
		this.others.next();
		assertThat(this.exits.isEmpty()).isTrue();
		children.get(0).end();
		assertThat(this.exits.next().returnCode()).isOne();
	}

	@Test
	@DisplayName("S150 a child that a signal ended has minus its number")
	void signalIsReported() {
		TestChild child = TestChild.running(0);
		register(this.main, child, this.exits);
		child.kill();
		Report report = this.exits.next();
		assertThat(report.exit().status()).isEqualTo(new ExitStatus.Signaled(9, false));
		assertThat(report.returnCode()).isEqualTo(-9);
	}

	@Test
	@DisplayName("S152 S190 registering again replaces the handler")
	void registeringAgainReplacesTheHandler() {
		TestChild child = TestChild.running(5);
		register(this.main, child, this.others);
		register(this.main, child, this.exits);
		child.end();
		assertThat(this.exits.next().returnCode()).isEqualTo(5);
		assertThat(this.others.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S152 a handler can be replaced while the exit waits to be reported")
	void handlerIsReplacedAfterTheExit() {
		TestChild child = TestChild.ended(5);
		CountDownLatch goOn = this.main.block();
		this.main.loop().callSoonThreadsafe(() -> this.watcher.addChildHandler(child.pid(), this.others));
		this.main.loop().callSoonThreadsafe(() -> this.watcher.addChildHandler(child.pid(), this.exits));
		goOn.countDown();
		assertThat(this.exits.next().returnCode()).isEqualTo(5);
		assertThat(this.others.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S152 a handler that is replaced from another loop moves there")
	void handlerMovesToAnotherLoop() {
		TestChild child = TestChild.running(5);
		register(this.main, child, this.others);
		try (LoopThread second = new LoopThread("second-loop")) {
			register(second, child, this.exits);
			child.end();
			assertThat(this.exits.next().loop()).isSameAs(second.loop());
		}
		assertThat(this.others.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S152 a handler that has moved does not depend on the loop it came from")
	void handlerThatMovedOutlivesItsFirstLoop() {
		TestChild child = TestChild.running(5);
		try (LoopThread second = new LoopThread("second-loop")) {
			register(second, child, this.others);
			second.stop();
			register(this.main, child, this.exits);
			child.end();
			assertThat(this.exits.next().returnCode()).isEqualTo(5);
		}
		assertThat(this.others.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S153 S190 removing answers true, then false; the child is left unreaped")
	void removedHandlerIsNotCalled() {
		List<TestChild> children = TestChild.together(1, 2);
		register(this.main, children.get(0), this.exits);
		register(this.main, children.get(1), this.others);
		assertThat(this.watcher.removeChildHandler(children.get(0).pid())).isTrue();
		assertThat(this.watcher.removeChildHandler(children.get(0).pid())).isFalse();
		children.get(0).end();
		this.others.next();
		children.get(0).awaitEnd();
		this.main.run(() -> {
		});
		assertThat(this.exits.isEmpty()).isTrue();
		assertThat(Proc.state(children.get(0).pid())).isEqualTo(Proc.ZOMBIE);
		children.get(0).reap();
	}

	@Test
	@DisplayName("S190 removing what was never registered answers false")
	void removingNothingAnswersFalse() {
		TestChild child = TestChild.ended(0);
		assertThat(this.watcher.removeChildHandler(child.pid())).isFalse();
		assertThat(this.watcher.removeChildHandler(-1)).isFalse();
		child.reap();
	}

	@Test
	@DisplayName("S153 a handler can be removed while the exit waits to be reported")
	void handlerIsRemovedAfterTheExit() {
		TestChild child = TestChild.running(1);
		register(this.main, child, this.exits);
		CountDownLatch goOn = this.main.block();
		child.end();
		child.awaitEnd();
		assertThat(this.watcher.removeChildHandler(child.pid())).isTrue();
		goOn.countDown();
		this.main.run(() -> {
		});
		assertThat(this.exits.isEmpty()).isTrue();
		assertThat(Proc.state(child.pid())).isEqualTo(Proc.ZOMBIE);
		child.reap();
	}

	@Test
	@DisplayName("S190 a removed child can be registered again")
	void removedChildIsRegisteredAgain() {
		TestChild child = TestChild.running(4);
		register(this.main, child, this.others);
		this.watcher.removeChildHandler(child.pid());
		register(this.main, child, this.exits);
		child.end();
		assertThat(this.exits.next().returnCode()).isEqualTo(4);
		assertThat(this.others.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S190 a child that was removed and has ended can be registered again")
	void removedAndEndedChildIsRegisteredAgain() {
		TestChild child = TestChild.running(4);
		register(this.main, child, this.others);
		this.watcher.removeChildHandler(child.pid());
		child.end();
		child.awaitEnd();
		register(this.main, child, this.exits);
		assertThat(this.exits.next().returnCode()).isEqualTo(4);
		assertThat(this.others.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S155 S156 a handler's error goes to its loop's exception handler and harms no other child")
	void handlersErrorHarmsNoOtherChild() throws Exception {
		BlockingQueue<ExceptionContext> errors = new LinkedBlockingQueue<>();
		this.main.run(() -> this.main.loop().setExceptionHandler((loop, context) -> errors.add(context)));
		List<TestChild> children = TestChild.together(1, 2, 3);
		AssertionError error = new AssertionError("the handler's");
		IllegalStateException exception = new IllegalStateException("the handler's");
		this.main.run(() -> {
			this.watcher.addChildHandler(children.get(0).pid(), (exit) -> {
				throw error;
			});
			this.watcher.addChildHandler(children.get(1).pid(), (exit) -> {
				throw exception;
			});
			this.watcher.addChildHandler(children.get(2).pid(), this.exits);
		});
		children.get(0).end();
		assertThat(this.exits.next().returnCode()).isEqualTo(3);
		List<ExceptionContext> reported = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			ExceptionContext context = errors.poll(20, TimeUnit.SECONDS);
			assertThat(context).isNotNull();
			reported.add(context);
		}
		assertThat(reported).extracting(ExceptionContext::exception).containsExactlyInAnyOrder(error, exception);
		assertThat(reported).extracting(ExceptionContext::message)
			.containsExactlyInAnyOrder("The handler of child process %d failed".formatted(children.get(0).pid()),
					"The handler of child process %d failed".formatted(children.get(1).pid()));
	}

	@Test
	@DisplayName("S157 S186 S193 a status that somebody else takes is reported as lost, 255, with a warning")
	void stolenStatusIsLost(CapturedOutput output) {
		TestChild child = TestChild.running(7);
		register(this.main, child, this.exits);
		CountDownLatch goOn = this.main.block();
		child.end();
		child.steal();
		goOn.countDown();
		Report report = this.exits.next();
		assertThat(report.exit().status()).isInstanceOf(ExitStatus.Lost.class);
		assertThat(report.returnCode()).isEqualTo(255);
		assertThat(report.exit().usage()).isNull();
		assertThat(output).contains("WARN").contains("Lost the exit status of child process %d".formatted(child.pid()));
	}

	@Test
	@DisplayName("S197 a child that was reaped before it was registered is lost, not an error")
	void vanishedChildIsLost() {
		TestChild child = TestChild.ended(7);
		child.steal();
		register(this.main, child, this.exits);
		Report report = this.exits.next();
		assertThat(report.exit().status()).isInstanceOf(ExitStatus.Lost.class);
		assertThat(report.loop()).isSameAs(this.main.loop());
	}

	@Test
	@DisplayName("S186 S193 a process that is no child of this one is lost at once")
	void foreignProcessIsLost() {
		long parent = ProcessHandle.current().parent().orElseThrow().pid();
		this.main.run(() -> this.watcher.addChildHandler(parent, this.exits));
		assertThat(this.exits.next().exit().status()).isInstanceOf(ExitStatus.Lost.class);
	}

	@Test
	@DisplayName("S164 a pid must be positive")
	void pidMustBePositive() {
		this.main.run(() -> {
			for (long pid : new long[] { 0, -1, Long.MIN_VALUE }) {
				assertThatIllegalArgumentException().isThrownBy(() -> this.watcher.addChildHandler(pid, this.exits))
					.withMessageContaining("process " + pid + "; register the positive pid");
			}
		});
	}

	@Test
	@DisplayName("S184 S191 registering without a running loop is an error, and registers nothing")
	void registrationNeedsARunningLoop() {
		TestChild child = TestChild.ended(0);
		assertThatIllegalStateException().isThrownBy(() -> this.watcher.addChildHandler(child.pid(), this.exits))
			.withMessageContaining("No event loop runs in thread");
		assertThat(this.watcher.removeChildHandler(child.pid())).isFalse();
		assertThat(Proc.state(child.pid())).isEqualTo(Proc.ZOMBIE);
		child.reap();
	}

	@Test
	@DisplayName("S188 S194 loops in several threads each hear of their own children")
	void severalLoops() {
		int loops = 4;
		int each = 10;
		List<LoopThread> threads = new ArrayList<>();
		List<RecordedExits> recorded = new ArrayList<>();
		try {
			for (int i = 0; i < loops; i++) {
				LoopThread thread = new LoopThread("loop-" + i);
				RecordedExits exitsOfLoop = new RecordedExits();
				threads.add(thread);
				recorded.add(exitsOfLoop);
				List<TestChild> children = TestChild.together(IntStream.range(0, each).map((n) -> n + 1).toArray());
				children.forEach((child) -> thread.loop()
					.callSoonThreadsafe(() -> this.watcher.addChildHandler(child.pid(), exitsOfLoop)));
				children.get(0).end();
			}
			for (int i = 0; i < loops; i++) {
				List<Integer> codes = new ArrayList<>();
				for (int n = 0; n < each; n++) {
					Report report = recorded.get(i).next();
					assertThat(report.loop()).isSameAs(threads.get(i).loop());
					codes.add(report.returnCode());
				}
				assertThat(codes).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
			}
		}
		finally {
			threads.forEach(LoopThread::close);
		}
	}

	@Test
	@DisplayName("S187 S196 a child whose loop has closed is reaped, and its handler called on a thread of the watcher's")
	void loopThatClosesFirst() {
		TestChild child = TestChild.running(6);
		try (LoopThread second = new LoopThread("second-loop")) {
			register(second, child, this.exits);
		}
		child.end();
		Report report = this.exits.next();
		assertThat(report.returnCode()).isEqualTo(6);
		assertThat(report.loop()).isNull();
		assertThat(report.thread()).isNotEqualTo(Thread.currentThread().getName());
		assertThat(Proc.state(child.pid())).isEqualTo(Proc.GONE);
	}

	@Test
	@DisplayName("S187 an exit is not lost with the loop that it was posted to")
	void loopThatClosesWithTheExitPosted() {
		TestChild child = TestChild.running(6);
		try (LoopThread second = new LoopThread("second-loop")) {
			register(second, child, this.exits);
			second.loop().callSoonThreadsafe(() -> {
				child.end();
				child.awaitEnd();
				Leftovers.await(() -> Proc.waitingThreads() <= this.before.waitingThreads());
				second.loop().stop();
			});
			second.join();
		}
		assertThat(this.exits.next().returnCode()).isEqualTo(6);
	}

	@Test
	@DisplayName("S187 an error of a handler on a closed loop harms no other child")
	void handlersErrorAfterTheLoopHasClosed(CapturedOutput output) {
		List<TestChild> children = TestChild.together(1, 2);
		try (LoopThread second = new LoopThread("second-loop")) {
			second.run(() -> this.watcher.addChildHandler(children.get(0).pid(), (exit) -> {
				throw new IllegalArgumentException("the handler's");
			}));
			register(second, children.get(1), this.exits);
		}
		children.get(0).end();
		assertThat(this.exits.next().returnCode()).isEqualTo(2);
		String message = "The handler of child process %d failed".formatted(children.get(0).pid());
		Leftovers.await(() -> output.getAll().contains(message));
	}

	@Test
	@DisplayName("S149 200 children that end at once are all reported, each with its code")
	void manyAtOnce() {
		int[] codes = IntStream.range(0, 200).map((i) -> i % 100).toArray();
		List<TestChild> children = TestChild.together(codes);
		this.main.run(() -> children.forEach((child) -> this.watcher.addChildHandler(child.pid(), this.exits)));
		children.get(0).end();
		long[] pids = children.stream().mapToLong(TestChild::pid).toArray();
		for (int i = 0; i < pids.length; i++) {
			Report report = this.exits.next();
			int index = IntStream.range(0, pids.length)
				.filter((n) -> pids[n] == report.pid())
				.findFirst()
				.orElseThrow();
			assertThat(report.returnCode()).isEqualTo(codes[index]);
		}
		assertThat(this.exits.isEmpty()).isTrue();
		assertThat(Arrays.stream(pids)).allMatch((pid) -> Proc.state(pid) == Proc.GONE);
	}

	@Test
	@DisplayName("S181 a closed watcher takes no children; those it has are reported all the same")
	void closedWatcherReportsWhatItHas() {
		TestChild child = TestChild.running(8);
		TestChild refused = TestChild.ended(0);
		register(this.main, child, this.exits);
		assertThat(this.watcher.isActive()).isTrue();
		this.watcher.close();
		this.watcher.close();
		assertThat(this.watcher.isActive()).isFalse();
		this.main.run(() -> assertThatIllegalStateException()
			.isThrownBy(() -> this.watcher.addChildHandler(refused.pid(), this.others))
			.withMessageContaining("the %s child watcher is closed", this.candidate.name()));
		child.end();
		assertThat(this.exits.next().returnCode()).isEqualTo(8);
		refused.reap();
	}

	@Test
	@DisplayName("S143 S166 a child is spawned and registered within a scope; scopes nest, end twice, and end elsewhere")
	void scopesNest() throws Exception {
		SpawnScope outer = this.watcher.enter();
		TestChild child;
		try (SpawnScope inner = this.watcher.enter()) {
			child = TestChild.ended(2);
			inner.close();
		}
		register(this.main, child, this.exits);
		Thread elsewhere = new Thread(outer::close);
		elsewhere.start();
		elsewhere.join(10_000);
		outer.close();
		assertThat(this.exits.next().returnCode()).isEqualTo(2);
	}

	@Test
	void handlersMayRegisterAndRemove() {
		List<TestChild> children = List.of(TestChild.running(1), TestChild.running(2), TestChild.running(3));
		register(this.main, children.get(1), this.others);
		this.main.run(() -> this.watcher.addChildHandler(children.get(0).pid(), (exit) -> {
			this.watcher.removeChildHandler(children.get(1).pid());
			this.watcher.addChildHandler(children.get(2).pid(), this.exits);
			children.get(2).end();
		}));
		children.get(0).end();
		assertThat(this.exits.next().returnCode()).isEqualTo(3);
		children.get(1).end();
		children.get(1).reap();
		assertThat(this.others.isEmpty()).isTrue();
	}

	private void register(LoopThread thread, TestChild child, RecordedExits handler) {
		thread.run(() -> this.watcher.addChildHandler(child.pid(), handler));
	}

	/**
	 * A watcher to be tested.
	 *
	 * @param name its name
	 * @param factory makes one
	 */
	record Candidate(String name, Supplier<ChildWatcher> factory) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
