package io.eventloop.watcher;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.eventloop.testsupport.Proc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ThreadedChildWatcherIT {

	private final WatcherLeftovers before = WatcherLeftovers.now();

	private final ThreadedChildWatcher watcher = new ThreadedChildWatcher();

	private final ManualLoop loop = new ManualLoop();

	private final RecordedExits exits = new RecordedExits();

	@AfterEach
	void nothingIsLeftBehind() {
		this.before.assertNothingMore();
	}

	@Test
	@DisplayName("S183 it is active from the beginning, with a loop attached and without")
	void isAlwaysActive() {
		assertThat(this.watcher.isActive()).isTrue();
		this.watcher.attachLoop(this.loop.loop());
		assertThat(this.watcher.isActive()).isTrue();
		this.watcher.attachLoop(null);
		assertThat(this.watcher.isActive()).isTrue();
		assertThat(this.loop.closeListeners).isEmpty();
	}

	@Test
	@DisplayName("S184 one daemon thread per child, with a numbered name")
	void oneDaemonThreadPerChild() {
		List<TestChild> children = TestChild.together(1, 2, 3);
		children.forEach(this::register);
		assertThat(WatcherLeftovers.threadsThatWait()).allMatch(Thread::isDaemon)
			.extracting(Thread::getName)
			.contains("eventloop-waitpid-0", "eventloop-waitpid-1", "eventloop-waitpid-2");
		assertThat(threads()).isEqualTo(3);
		end(children);
	}

	@Test
	@DisplayName("S185 the thread posts the exit to the loop that ran in the registering thread")
	void threadPostsToTheLoop() {
		List<TestChild> children = TestChild.together(7);
		children.forEach(this::register);
		children.get(0).end();
		this.before.assertNoMoreThreads();
		assertThat(this.exits.isEmpty()).isTrue();
		assertThat(Proc.state(children.get(0).pid())).isEqualTo(Proc.ZOMBIE);
		this.loop.runPosted();
		assertThat(this.exits.next().thread()).isEqualTo(Thread.currentThread().getName());
	}

	@Test
	@DisplayName("S190 neither replacing nor removing nor registering again takes a second thread")
	void handlersComeAndGoOnOneThread() {
		List<TestChild> children = TestChild.together(7);
		TestChild child = children.get(0);
		register(child);
		register(child);
		this.watcher.removeChildHandler(child.pid());
		assertThat(threads()).isOne();
		register(child);
		assertThat(threads()).isOne();
		end(children);
	}

	@Test
	@DisplayName("S190 the thread of a removed child ends with the child and leaves it unreaped")
	void threadOfARemovedChildEndsWithIt() {
		TestChild child = TestChild.running(7);
		register(child);
		this.watcher.removeChildHandler(child.pid());
		child.end();
		this.before.assertNoMoreThreads();
		assertThat(this.loop.posted).isEmpty();
		assertThat(Proc.state(child.pid())).isEqualTo(Proc.ZOMBIE);
		child.reap();
	}

	@Test
	@DisplayName("S184 the thread of a child that has ended waits for the next")
	void aThreadIsUsedAgain() {
		Set<Thread> used = new HashSet<>();
		List<TestChild> children = Stream.generate(() -> TestChild.running(7)).limit(5).toList();
		for (TestChild child : children) {
			register(child);
			used.addAll(WatcherLeftovers.threadsThatWait());
			child.end();
			WatcherLeftovers.await(() -> !this.loop.posted.isEmpty()
					&& WatcherLeftovers.threadsThatWait().stream().allMatch(ThreadedChildWatcherIT::isIdle));
			this.loop.runPosted();
			assertThat(this.exits.next().returnCode()).isEqualTo(7);
		}
		assertThat(used).hasSizeLessThan(5);
		this.watcher.close();
		this.before.assertNoMoreThreads();
	}

	@Test
	@DisplayName("a thread that waits when the watcher is closed goes on, and ends with its child")
	void closeLeavesAWaitingThread() {
		TestChild child = TestChild.running(7);
		register(child);
		this.watcher.close();
		assertThat(threads()).isOne();
		end(List.of(child));
		assertThat(this.exits.next().returnCode()).isEqualTo(7);
	}

	@Test
	@DisplayName("a loop has one close listener, however many children it has")
	void oneCloseListenerPerLoop() {
		List<TestChild> children = TestChild.together(1, 2, 3);
		children.forEach(this::register);
		assertThat(this.loop.closeListeners).hasSize(1);
		end(children);
	}

	private void register(TestChild child) {
		this.loop.run(() -> this.watcher.addChildHandler(child.pid(), this.exits));
	}

	private static boolean isIdle(Thread thread) {
		return thread.getState() == Thread.State.TIMED_WAITING;
	}

	private long threads() {
		return WatcherLeftovers.countWaitingThreads() - this.before.waitingThreads();
	}

	private void end(List<TestChild> children) {
		children.get(0).end();
		this.before.assertNoMoreThreads();
		this.loop.runPosted();
		children.forEach((child) -> assertThat(Proc.state(child.pid())).isEqualTo(Proc.GONE));
	}

}
