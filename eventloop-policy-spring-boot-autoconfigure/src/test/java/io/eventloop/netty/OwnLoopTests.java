package io.eventloop.netty;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.channel.IoEventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Loops of their own over Netty's handlers.
 */
@ParameterizedClass
@EnumSource
@Timeout(60)
class OwnLoopTests {

	private final NettyEventLoop loop;

	OwnLoopTests(NettyTransport transport) {
		this.loop = new NettyEventLoop(transport);
	}

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	@Test
	@DisplayName("One thread after the other may run it, and any may close it")
	void movesFromThreadToThread() throws Exception {
		for (int i = 0; i < 3; i++) {
			assertThat(inThread(() -> this.loop.runUntilComplete(after(Duration.ofMillis(5))))).isNull();
		}
		this.loop.runUntilComplete(after(Duration.ofMillis(5)));
	}

	@Test
	@DisplayName("Netty's tasks and timers run while it runs, on its thread")
	void runsTasksOfNettys() {
		CompletableFuture<Thread> task = new CompletableFuture<>();
		CompletableFuture<Thread> timer = new CompletableFuture<>();
		IoEventLoop netty = this.loop.ioEventLoop();
		netty.execute(() -> task.complete(Thread.currentThread()));
		netty.schedule(() -> timer.complete(Thread.currentThread()), 10, TimeUnit.MILLISECONDS);
		assertThat(this.loop.runUntilComplete(task)).isSameAs(Thread.currentThread());
		assertThat(this.loop.runUntilComplete(timer)).isSameAs(Thread.currentThread());
		assertThat(this.loop.isShared()).isFalse();
	}

	@Test
	@DisplayName("A task that another thread gives to Netty's loop wakes it")
	void tasksWakeIt() {
		CompletableFuture<Thread> task = new CompletableFuture<>();
		IoEventLoop netty = this.loop.ioEventLoop();
		CompletableFuture.runAsync(() -> netty.execute(() -> task.complete(Thread.currentThread())),
				CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
		assertThat(this.loop.runUntilComplete(task)).isSameAs(Thread.currentThread());
	}

	@Test
	@DisplayName("Once Netty's loop was given out, the loop stays with its thread")
	void staysWithItsThread() throws Exception {
		assertThat(this.loop.ioEventLoop()).isSameAs(this.loop.ioEventLoop());
		assertThat(inThread(() -> this.loop.runUntilComplete(after(Duration.ofMillis(5)))))
			.isInstanceOf(IllegalStateException.class)
			.hasMessageContaining("stays with its thread");
	}

	private CompletableFuture<Void> after(Duration delay) {
		CompletableFuture<Void> future = new CompletableFuture<>();
		this.loop.callLater(delay, () -> future.complete(null));
		return future;
	}

	private static Throwable inThread(Runnable code) throws InterruptedException {
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				code.run();
				failure.complete(null);
			}
			catch (Throwable ex) {
				failure.complete(ex);
			}
		});
		thread.start();
		thread.join();
		return failure.join();
	}

}
