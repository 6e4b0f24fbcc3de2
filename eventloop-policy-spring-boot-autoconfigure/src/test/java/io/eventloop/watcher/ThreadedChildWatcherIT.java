package io.eventloop.watcher;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ThreadedChildWatcherIT {

	private final Leftovers before = Leftovers.now();

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
		assertThat(Thread.getAllStackTraces().keySet())
			.filteredOn((thread) -> thread.getName().startsWith("eventloop-waitpid-"))
			.allMatch(Thread::isDaemon)
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

	private long threads() {
		return Proc.waitingThreads() - this.before.waitingThreads();
	}

	private void end(List<TestChild> children) {
		children.get(0).end();
		this.before.assertNoMoreThreads();
		this.loop.runPosted();
		children.forEach((child) -> assertThat(Proc.state(child.pid())).isEqualTo(Proc.GONE));
	}

}
