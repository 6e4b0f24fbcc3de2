package io.eventloop.watcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import io.eventloop.UnsupportedPlatformException;
import io.eventloop.posix.Descriptors;
import io.eventloop.posix.TestNative;
import io.eventloop.testsupport.Proc;
import io.eventloop.testsupport.RequireIoUring;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What {@code io-uring} has of its own, on a loop whose events are made by hand. What
 * takes a real loop is in {@link IoUringLoopsIT}.
 */
@Timeout(60)
@ExtendWith({ RequireIoUring.class, OutputCaptureExtension.class })
class IoUringChildWatcherIT {

	private static final int RLIMIT_NOFILE = 7;

	private final WatcherLeftovers before = WatcherLeftovers.now();

	private final long rings = rings();

	private final IoUringChildWatcher watcher = new IoUringChildWatcher(Optional.empty(), 64);

	private final ManualLoop loop = new ManualLoop();

	private final RecordedExits exits = new RecordedExits();

	@AfterEach
	void nothingIsLeftBehind() {
		if (!this.loop.closed) {
			this.loop.close();
		}
		this.before.assertNothingMore();
		assertThat(rings()).isEqualTo(this.rings);
	}

	@Test
	@DisplayName("One ring for all children of a loop, and no descriptor or thread per child")
	void oneRingForAllChildren() {
		List<TestChild> children = TestChild.together(IntStream.range(0, 50).toArray());
		long open = Proc.descriptorsOfChildren();
		children.forEach(this::register);
		children.forEach(this::register);
		assertThat(this.loop.readers).hasSize(1);
		assertThat(Proc.descriptorsOfChildren()).isEqualTo(open + 1);
		assertThat(WatcherLeftovers.countWaitingThreads()).isEqualTo(this.before.waitingThreads());
		children.get(0).end();
		children.forEach(TestChild::awaitEnd);
		assertThat(report(children.size()))
			.containsExactlyInAnyOrderElementsOf(IntStream.range(0, 50).boxed().toList());
	}

	@Test
	@DisplayName("S192 the child is reaped before its handler is called")
	void childIsReapedBeforeItsHandlerIsCalled() {
		List<Character> states = new ArrayList<>();
		TestChild child = TestChild.running(7);
		this.loop.run(() -> this.watcher.addChildHandler(child.pid(), (exit) -> states.add(Proc.state(child.pid()))));
		child.end();
		child.awaitEnd();
		fireUntil(() -> !states.isEmpty());
		assertThat(states).containsExactly(Proc.GONE);
	}

	@Test
	@DisplayName("S152 S153 a removed handler leaves the wait, which is used again")
	void removedHandlerLeavesTheWait() {
		TestChild child = TestChild.running(3);
		register(child);
		assertThat(this.watcher.removeChildHandler(child.pid())).isTrue();
		child.end();
		child.awaitEnd();
		register(child);
		assertThat(report(1)).containsExactly(3);
		assertThat(this.exits.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S153 a child without a handler is left unreaped, and can be registered afterwards")
	void childWithoutAHandlerIsLeftUnreaped() {
		TestChild child = TestChild.running(4);
		register(child);
		this.watcher.removeChildHandler(child.pid());
		child.end();
		child.awaitEnd();
		this.loop.fire();
		assertThat(Proc.state(child.pid())).isEqualTo(Proc.ZOMBIE);
		register(child);
		assertThat(report(1)).containsExactly(4);
	}

	@Test
	@DisplayName("S196 a loop that closes first: its ring is closed, the children waited for in threads")
	void loopThatClosesFirst() {
		List<TestChild> children = TestChild.together(1, 2, 3);
		children.forEach(this::register);
		this.watcher.removeChildHandler(children.get(2).pid());
		this.loop.close();
		assertThat(rings()).isEqualTo(this.rings);
		children.get(0).end();
		List<Integer> codes = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			RecordedExits.Report report = this.exits.next();
			assertThat(report.thread()).startsWith("eventloop-waitpid-");
			codes.add(report.returnCode());
		}
		assertThat(codes).containsExactlyInAnyOrder(1, 2);
		children.get(2).reap();
	}

	@Test
	@DisplayName("S181 a watcher that is closed closes its rings once it has reported all children")
	void closedWatcherClosesItsRings() {
		TestChild child = TestChild.running(5);
		register(child);
		this.watcher.close();
		assertThat(this.loop.readers).hasSize(1);
		child.end();
		child.awaitEnd();
		assertThat(report(1)).containsExactly(5);
		assertThat(this.loop.readers).isEmpty();
		assertThat(rings()).isEqualTo(this.rings);
	}

	@Test
	@DisplayName("S181 an idle watcher that is closed closes its rings, on their loops")
	void idleWatcherClosesItsRings() {
		TestChild child = TestChild.ended(5);
		register(child);
		assertThat(report(1)).containsExactly(5);
		this.watcher.close();
		assertThat(this.loop.readers).hasSize(1);
		this.loop.runPosted();
		assertThat(this.loop.readers).isEmpty();
		assertThat(rings()).isEqualTo(this.rings);
	}

	@Test
	@DisplayName("with no descriptor left for a ring children are waited for in threads, which is said once")
	void tooManyOpenFiles(CapturedOutput output) throws Exception {
		assertThatExceptionOfType(Exception.class).as("load what an error needs")
			.isThrownBy(() -> Descriptors.setNonBlocking(-1));
		List<TestChild> children = TestChild.together(1, 2);
		long[] limit = TestNative.limit(RLIMIT_NOFILE);
		TestNative.setLimit(RLIMIT_NOFILE, 3, limit[1]);
		try {
			children.forEach(this::register);
		}
		finally {
			TestNative.setLimit(RLIMIT_NOFILE, limit[0], limit[1]);
		}
		assertThat(this.loop.readers).isEmpty();
		assertThat(output).containsOnlyOnce("A thread waits for child process").contains("EMFILE");
		children.get(0).end();
		reportFromThreads(1, 2);
	}

	@Test
	@DisplayName("on a loop that watches no descriptors a child is waited for in a thread")
	void loopWithoutDescriptors() {
		this.loop.withoutDescriptors = true;
		TestChild child = TestChild.running(9);
		register(child);
		assertThat(rings()).isEqualTo(this.rings);
		child.end();
		reportFromThreads(9);
	}

	@Test
	void refusesASystemWithoutIoUring() {
		assertThatExceptionOfType(UnsupportedPlatformException.class)
			.isThrownBy(() -> new IoUringChildWatcher(Optional.of("this kernel has no io_uring (ENOSYS)"), 1))
			.withMessage("The io-uring child watcher does not work here: this kernel has no io_uring (ENOSYS)")
			.satisfies((ex) -> assertThat(ex.action()).contains("eventloop.watcher=auto", "threaded"));
	}

	private void register(TestChild child) {
		this.loop.run(() -> this.watcher.addChildHandler(child.pid(), this.exits));
	}

	private static long rings() {
		return Proc.descriptors().values().stream().filter((target) -> target.contains("io_uring")).count();
	}

	/**
	 * Make the ring ready until so many exits were reported.
	 */
	private List<Integer> report(int count) {
		List<Integer> codes = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			fireUntil(() -> !this.exits.isEmpty());
			codes.add(this.exits.next().returnCode());
		}
		return codes;
	}

	private void fireUntil(Callable<Boolean> condition) {
		WatcherLeftovers.await(() -> {
			if (!condition.call()) {
				this.loop.fire();
			}
			return condition.call();
		});
	}

	/**
	 * The threads post to the loop, which the test runs.
	 */
	private void reportFromThreads(Integer... codes) {
		this.before.assertNoMoreThreads();
		this.loop.runPosted();
		List<Integer> reported = new ArrayList<>();
		for (int i = 0; i < codes.length; i++) {
			reported.add(this.exits.next().returnCode());
		}
		assertThat(reported).containsExactlyInAnyOrder(codes);
	}

}
