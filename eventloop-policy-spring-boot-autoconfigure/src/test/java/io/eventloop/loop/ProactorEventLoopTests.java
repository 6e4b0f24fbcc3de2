package io.eventloop.loop;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import io.eventloop.LoopFuture;
import io.eventloop.Signal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class ProactorEventLoopTests {

	private final ProactorEventLoop loop = new ProactorEventLoop();

	private final Thread thread = new Thread(this.loop::runForever, "eventloop-proactor-test");

	@AfterEach
	void closeLoop() throws Exception {
		if (this.thread.isAlive()) {
			this.loop.callSoonThreadsafe(this.loop::stop);
			this.thread.join();
		}
		this.loop.close();
	}

	@Test
	@DisplayName("S70 a call from another thread wakes the loop promptly")
	void wakesPromptly() throws Exception {
		this.thread.start();
		long[] nanos = new long[200];
		for (int i = 0; i < nanos.length; i++) {
			Awaitility.await()
				.pollInterval(Duration.ofMillis(1))
				.until(() -> this.thread.getState() == Thread.State.TIMED_WAITING);
			CountDownLatch ran = new CountDownLatch(1);
			AtomicLong at = new AtomicLong();
			long begin = System.nanoTime();
			this.loop.callSoonThreadsafe(() -> {
				at.set(System.nanoTime());
				ran.countDown();
			});
			ran.await();
			nanos[i] = at.get() - begin;
		}
		Arrays.sort(nanos);
		System.out.printf("wake-up: median %d µs, 95 %% %d µs%n", nanos[100] / 1000, nanos[190] / 1000);
		assertThat(Duration.ofNanos(nanos[100])).isLessThan(Duration.ofMillis(5));
	}

	@Test
	@DisplayName("An idle loop uses no processor time, though its thread was interrupted, and keeps the interruption")
	void idlesWhileInterrupted() throws Exception {
		this.thread.start();
		Awaitility.await().until(() -> this.thread.getState() == Thread.State.TIMED_WAITING);
		this.thread.interrupt();
		long before = ManagementFactory.getThreadMXBean().getThreadCpuTime(this.thread.getId());
		Awaitility.await()
			.pollDelay(Duration.ofMillis(500))
			.until(() -> this.thread.getState() == Thread.State.TIMED_WAITING);
		long used = ManagementFactory.getThreadMXBean().getThreadCpuTime(this.thread.getId()) - before;
		assertThat(Duration.ofNanos(used)).isLessThan(Duration.ofMillis(100));
		LoopFuture<Boolean> interrupted = this.loop.createTask(() -> {
			LoopFuture<Boolean> answer = this.loop.createFuture();
			answer.complete(Thread.currentThread().isInterrupted());
			return answer;
		});
		assertThat(interrupted.join()).isTrue();
	}

	@Test
	@DisplayName("Descriptors are refused, with what to use instead; there are none to remove")
	void refusesDescriptors() {
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> this.loop.addReader(0, () -> {
		})).withMessageContaining("cannot wait for descriptors").withMessageContaining("use a SelectorEventLoop");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> this.loop.addWriter(1, () -> {
		}));
		assertThat(this.loop.removeReader(0)).isFalse();
		assertThat(this.loop.removeWriter(1)).isFalse();
	}

	@Test
	@DisplayName("Files are written and read, and told on the loop")
	void files(@TempDir Path directory) throws Exception {
		Path path = directory.resolve("file");
		this.thread.start();
		try (AsynchronousFileChannel file = AsynchronousFileChannel.open(path, StandardOpenOption.CREATE,
				StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			LoopFuture<Integer> written = this.loop.write(file, ByteBuffer.wrap("some data".getBytes(UTF_8)), 0);
			assertThat(written.join()).isEqualTo(9);
			assertThat(Files.readString(path)).isEqualTo("some data");
			ByteBuffer target = ByteBuffer.allocate(4);
			Future<Thread> toldIn = this.loop.read(file, target, 5).thenApplyAsync((count) -> Thread.currentThread());
			assertThat(toldIn.get()).isSameAs(this.thread);
			assertThat(new String(target.array(), UTF_8)).isEqualTo("data");
			assertThat(this.loop.read(file, target.clear(), 9).join()).isEqualTo(-1);
		}
	}

	@Test
	@DisplayName("A read that fails is told why")
	void failedRead(@TempDir Path directory) throws Exception {
		this.thread.start();
		AsynchronousFileChannel file = AsynchronousFileChannel.open(Files.createFile(directory.resolve("file")));
		file.close();
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> this.loop.read(file, ByteBuffer.allocate(1), 0).join())
			.withCauseInstanceOf(ClosedChannelException.class);
	}

	@Test
	@DisplayName("A read that waits when the loop closes is told so")
	void closeTellsReads() throws Exception {
		try (AsynchronousServerSocketChannel server = AsynchronousServerSocketChannel.open()
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				AsynchronousSocketChannel client = AsynchronousSocketChannel.open()) {
			client.connect(server.getLocalAddress()).get();
			try (AsynchronousSocketChannel peer = server.accept().get()) {
				this.thread.start();
				ByteBuffer target = ByteBuffer.allocate(10);
				LoopFuture<Integer> first = this.loop.read(client, target);
				assertThat(this.loop.write(peer, ByteBuffer.wrap(new byte[3])).join()).isEqualTo(3);
				assertThat(first.join()).isEqualTo(3);
				LoopFuture<Integer> second = this.loop.read(client, target);
				closeLoop();
				assertThatExceptionOfType(CompletionException.class).isThrownBy(second::join)
					.withCauseInstanceOf(IllegalStateException.class)
					.withMessageContaining("was closed");
			}
		}
	}

	@Test
	@DisplayName("S239 a signal is handled on a loop that runs off the main thread")
	void signals() throws Exception {
		CountDownLatch handled = new CountDownLatch(1);
		this.loop.addSignalHandler(Signal.SIGWINCH, handled::countDown);
		this.thread.start();
		new ProcessBuilder("kill", "-WINCH", String.valueOf(ProcessHandle.current().pid())).start().waitFor();
		handled.await();
		LoopFuture<Boolean> removed = this.loop.createTask(() -> {
			LoopFuture<Boolean> answer = this.loop.createFuture();
			answer.complete(this.loop.removeSignalHandler(Signal.SIGWINCH));
			return answer;
		});
		assertThat(removed.join()).isTrue();
	}

}
