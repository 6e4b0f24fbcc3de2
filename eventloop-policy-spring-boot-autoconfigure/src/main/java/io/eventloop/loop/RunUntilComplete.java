package io.eventloop.loop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.eventloop.LoopFuture;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;

/**
 * A run of a loop that ends when a future is done.
 */
final class RunUntilComplete {

	private final BaseEventLoop loop;

	private final RepeatableCallback stopping = this::stop;

	private volatile boolean waiting;

	RunUntilComplete(BaseEventLoop loop) {
		this.loop = loop;
	}

	<T> T run(CompletionStage<T> stage) {
		if (stage instanceof LoopFuture<T> owned && owned.loop() != this.loop) {
			throw new IllegalArgumentException(
					"The future belongs to %s, not to %s; run that loop".formatted(owned.loop(), this.loop));
		}
		CompletableFuture<T> future = stage.toCompletableFuture();
		this.waiting = !this.loop.isRunning();
		future.whenComplete((result, failure) -> {
			if (this.waiting) {
				MemoryReserve.post(this.loop, this.stopping);
			}
		});
		try {
			this.loop.runForever();
		}
		finally {
			this.waiting = false;
		}
		if (!future.isDone()) {
			throw new IllegalStateException("%s was stopped before the future was done".formatted(this.loop));
		}
		return future.join();
	}

	private void stop() {
		if (this.waiting) {
			this.loop.stop();
		}
	}

}
