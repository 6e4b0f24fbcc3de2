package io.eventloop.client;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

import io.eventloop.EventLoop;
import io.eventloop.EventLoops;

/**
 * Reads 1 GiB from a command, as lines or as bytes, more slowly than the command writes
 * it.
 */
final class Gibibyte {

	private static final String SCRIPT = "yes $(printf '%01023d' 0) | head -c 1073741824";

	private Gibibyte() {
	}

	public static void main(String[] args) {
		EventLoop loop = EventLoops.newEventLoop();
		Thread thread = new Thread(loop::runForever, "loop");
		thread.setDaemon(true);
		thread.start();
		SubprocessCommand command = SubprocessClient.create(loop).shell(SCRIPT);
		long start = System.nanoTime();
		long size = args[0].equals("lines") ? read(command.lines(), 64, (line) -> line.length() + 1L)
				: read(command.bytes(), 1, ByteBuffer::remaining);
		System.out.printf("%s: %d in %d ms%n", args[0], size, (System.nanoTime() - start) / 1_000_000);
		System.exit(0);
	}

	private static <T> long read(Flow.Publisher<T> publisher, int batch, ToLongFunction<T> size) {
		ExecutorService slow = Executors.newSingleThreadExecutor();
		Reading<T> reading = new Reading<>(batch, size, slow);
		publisher.subscribe(reading);
		return reading.end.join();
	}

	/**
	 * Wants a few items more only some time after it has got the last ones, in a thread
	 * of its own.
	 */
	private static final class Reading<T> implements Flow.Subscriber<T> {

		private static final long PAUSE_NANOS = 100_000;

		private final CompletableFuture<Long> end = new CompletableFuture<>();

		private final int batch;

		private final ToLongFunction<T> size;

		private final ExecutorService slow;

		private Flow.Subscription subscription;

		private long total;

		private int wanted;

		Reading(int batch, ToLongFunction<T> size, ExecutorService slow) {
			this.batch = batch;
			this.size = size;
			this.slow = slow;
		}

		@Override
		public void onSubscribe(Flow.Subscription subscribed) {
			this.subscription = subscribed;
			request();
		}

		private void request() {
			this.wanted = this.batch;
			this.subscription.request(this.batch);
		}

		@Override
		public void onNext(T item) {
			this.total += this.size.applyAsLong(item);
			this.wanted--;
			if (this.wanted == 0) {
				this.slow.execute(() -> {
					LockSupport.parkNanos(PAUSE_NANOS);
					request();
				});
			}
		}

		@Override
		public void onError(Throwable failure) {
			this.end.completeExceptionally(failure);
		}

		@Override
		public void onComplete() {
			this.end.complete(this.total);
		}

	}

}
