package io.eventloop.watcher;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.eventloop.posix.ChildProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(20)
class IdleThreadsTests {

	private static final ChildProcess CHILD = ChildProcess.of(ProcessHandle.current().pid());

	private static final long LONG = TimeUnit.MINUTES.toMillis(1);

	private final IdleThreads idle = new IdleThreads();

	@Test
	@DisplayName("a child goes to a thread that waits")
	void givesToAnIdleThread() throws Exception {
		CompletableFuture<ChildProcess> polled = poll(LONG);
		Awaitility.await().until(() -> this.idle.offer(CHILD));
		assertThat(polled.get(10, TimeUnit.SECONDS)).isSameAs(CHILD);
	}

	@Test
	@DisplayName("each thread is given one child")
	void givesOneToEach() throws Exception {
		CompletableFuture<ChildProcess> first = poll(LONG);
		CompletableFuture<ChildProcess> second = poll(LONG);
		Awaitility.await().until(() -> this.idle.offer(CHILD));
		Awaitility.await().until(() -> this.idle.offer(CHILD));
		assertThat(first.get(10, TimeUnit.SECONDS)).isSameAs(CHILD);
		assertThat(second.get(10, TimeUnit.SECONDS)).isSameAs(CHILD);
		assertThat(this.idle.offer(CHILD)).isFalse();
	}

	@Test
	@DisplayName("a thread that has gone is given nothing, whether another came after it or not")
	void givesNothingToOneThatHasGone() throws Exception {
		assertThat(this.idle.offer(CHILD)).isFalse();
		CompletableFuture<ChildProcess> brief = poll(50);
		CompletableFuture<ChildProcess> later = poll(LONG);
		assertThat(brief.get(10, TimeUnit.SECONDS)).isNull();
		Awaitility.await().until(() -> this.idle.offer(CHILD));
		assertThat(later.get(10, TimeUnit.SECONDS)).isSameAs(CHILD);
		assertThat(this.idle.offer(CHILD)).isFalse();
	}

	private CompletableFuture<ChildProcess> poll(long millis) {
		CompletableFuture<ChildProcess> polled = new CompletableFuture<>();
		Thread thread = new Thread(() -> polled.complete(this.idle.poll(new IdleThreads.Place(), millis)));
		thread.setDaemon(true);
		thread.start();
		return polled;
	}

}
