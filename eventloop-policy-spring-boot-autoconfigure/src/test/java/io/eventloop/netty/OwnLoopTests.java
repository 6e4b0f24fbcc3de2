package io.eventloop.netty;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.channel.IoEventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
	@DisplayName("Netty's loop is that of whichever thread runs it")
	void isTheRunningThreads() throws Exception {
		IoEventLoop netty = this.loop.ioEventLoop();
		assertThat(netty).isSameAs(this.loop.ioEventLoop());
		assertThat(netty.inEventLoop()).isTrue();
		assertThat(inThread(() -> this.loop.runUntilComplete(after(Duration.ofMillis(5))))).isNull();
		assertThat(netty.inEventLoop()).isFalse();
		CompletableFuture<Boolean> inside = new CompletableFuture<>();
		netty.execute(() -> inside.complete(netty.inEventLoop()));
		assertThat(this.loop.runUntilComplete(inside)).isTrue();
	}

	@Test
	@DisplayName("Netty's loop ends with this one, is refused to be shut down, and takes no task afterwards")
	void endsWithThisLoop() {
		IoEventLoop netty = this.loop.ioEventLoop();
		assertThatThrownBy(netty::shutdownGracefully).isInstanceOf(UnsupportedOperationException.class)
			.hasMessageContaining("close that");
		CompletableFuture<Void> left = new CompletableFuture<>();
		netty.execute(() -> left.complete(null));
		this.loop.close();
		assertThat(left).isCompleted();
		assertThat(netty.isTerminated()).isTrue();
		assertThatThrownBy(() -> netty.execute(() -> {
		})).isInstanceOf(RejectedExecutionException.class).hasMessageContaining("closed");
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
