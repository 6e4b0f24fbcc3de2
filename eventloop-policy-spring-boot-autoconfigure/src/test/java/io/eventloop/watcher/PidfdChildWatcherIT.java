package io.eventloop.watcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.eventloop.ExitStatus;
import io.eventloop.UnsupportedPlatformException;
import io.eventloop.posix.Descriptors;
import io.eventloop.posix.TestNative;
import io.eventloop.subprocess.FailurePaths;
import io.eventloop.testsupport.Proc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class PidfdChildWatcherIT {

	private static final int RLIMIT_NOFILE = 7;

	private final WatcherLeftovers before = WatcherLeftovers.now();

	private final PidfdChildWatcher watcher = new PidfdChildWatcher();

	private final ManualLoop loop = new ManualLoop();

	private final RecordedExits exits = new RecordedExits();

	@AfterEach
	void nothingIsLeftBehind() {
		this.before.assertNothingMore();
	}

	@Test
	@DisplayName("S191 a pidfd per child on the running loop, and no thread")
	void onePidfdPerChildAndNoThread() {
		List<TestChild> children = TestChild.together(1, 2);
		children.forEach(this::register);
		children.forEach(this::register);
		assertThat(this.loop.readers).hasSize(2);
		assertThat(Proc.pidfds()).isEqualTo(this.before.pidfds() + 2);
		assertThat(WatcherLeftovers.countWaitingThreads()).isEqualTo(this.before.waitingThreads());
		children.get(0).end();
		children.forEach(TestChild::awaitEnd);
		this.loop.fire();
		this.loop.fire();
		assertThat(List.of(this.exits.next().returnCode(), this.exits.next().returnCode())).containsExactlyInAnyOrder(1,
				2);
	}

	@Test
	@DisplayName("S192 at the exit: reader removed, child reaped, descriptor closed, handler called, in this order")
	void orderAtTheExit() {
		List<String> order = new ArrayList<>();
		TestChild child = TestChild.running(7);
		this.loop.run(() -> this.watcher.addChildHandler(child.pid(),
				(exit) -> order.add("called: %s, %d pidfds".formatted(Proc.state(child.pid()), openPidfds()))));
		this.loop.removing = (fd) -> order
			.add("removing: %s, %s".formatted(Proc.state(child.pid()), Descriptors.isOpen(fd) ? "open" : "closed"));
		child.end();
		child.awaitEnd();
		this.loop.fire();
		assertThat(order).containsExactly("removing: Z, open", "called: -, 0 pidfds");
		assertThat(this.loop.readers).isEmpty();
	}

	@Test
	@DisplayName("S193 S196 where the status is lost the descriptor is closed all the same")
	void descriptorIsClosedWhereTheStatusIsLost() {
		TestChild child = TestChild.running(7);
		register(child);
		child.end();
		child.steal();
		this.loop.fire();
		assertThat(this.exits.next().exit().status()).isInstanceOf(ExitStatus.Lost.class);
		assertThat(openPidfds()).isZero();
	}

	@Test
	@DisplayName("S195 removing a handler closes the pidfd, on its loop")
	void removingClosesThePidfd() {
		TestChild child = TestChild.running(0);
		register(child);
		this.loop.run(() -> assertThat(this.watcher.removeChildHandler(child.pid())).isTrue());
		assertThat(openPidfds()).isZero();
		register(child);
		assertThat(this.watcher.removeChildHandler(child.pid())).isTrue();
		assertThat(this.loop.readers).hasSize(1);
		this.loop.runPosted();
		assertThat(this.loop.readers).isEmpty();
		assertThat(openPidfds()).isZero();
		child.end();
		child.reap();
	}

	@Test
	@DisplayName("S195 a child that is registered again before its pidfd was closed keeps it")
	void registeredAgainBeforeThePidfdWasClosed() {
		TestChild child = TestChild.running(3);
		register(child);
		this.watcher.removeChildHandler(child.pid());
		register(child);
		this.loop.runPosted();
		assertThat(this.loop.readers).hasSize(1);
		child.end();
		child.awaitEnd();
		this.loop.fire();
		assertThat(this.exits.next().returnCode()).isEqualTo(3);
	}

	@Test
	@DisplayName("S196 a loop that closes first: its pidfds are closed, the children waited for in threads")
	void loopThatClosesFirst() {
		List<TestChild> children = TestChild.together(1, 2, 3);
		children.forEach(this::register);
		this.watcher.removeChildHandler(children.get(2).pid());
		assertThat(this.loop.closeListeners).hasSize(1);
		this.loop.close();
		assertThat(openPidfds()).isZero();
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
	@DisplayName("S197 a child that has vanished is lost, without a pidfd and without a thread")
	void vanishedChild() {
		TestChild child = TestChild.ended(7);
		child.steal();
		register(child);
		assertThat(this.loop.readers).isEmpty();
		this.loop.runPosted();
		assertThat(this.exits.next().returnCode()).isEqualTo(255);
	}

	@Test
	@DisplayName("with no descriptor left a child is waited for in a thread, which is said once")
	void tooManyOpenFiles(CapturedOutput output) throws Exception {
		assertThatExceptionOfType(Exception.class).as("load what an error needs")
			.isThrownBy(() -> Descriptors.setNonBlocking(-1));
		FailurePaths.prepare();
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
	@DisplayName("on a loop without descriptors a child A thread waits for child process")
	void loopWithoutDescriptors(CapturedOutput output) {
		this.loop.withoutDescriptors = true;
		List<TestChild> children = TestChild.together(1, 2);
		children.forEach(this::register);
		assertThat(openPidfds()).isZero();
		assertThat(output).containsOnlyOnce("This loop watches no descriptors");
		children.get(0).end();
		reportFromThreads(1, 2);
	}

	@Test
	@DisplayName("S195 it needs no attached loop: attaching does nothing")
	void attachingDoesNothing() {
		this.watcher.attachLoop(this.loop.loop());
		this.watcher.attachLoop(null);
		assertThat(this.watcher.isActive()).isTrue();
		assertThat(this.loop.closeListeners).isEmpty();
	}

	@Test
	void refusesASystemWithoutPidfds() {
		assertThatExceptionOfType(UnsupportedPlatformException.class)
			.isThrownBy(() -> new PidfdChildWatcher(Optional.of("this kernel has no pidfd_open")))
			.withMessage("The pidfd child watcher does not work here: this kernel has no pidfd_open")
			.satisfies((ex) -> assertThat(ex.action()).contains("eventloop.watcher=auto", "threaded"));
	}

	private void register(TestChild child) {
		this.loop.run(() -> this.watcher.addChildHandler(child.pid(), this.exits));
	}

	private long openPidfds() {
		return Proc.pidfds() - this.before.pidfds();
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
