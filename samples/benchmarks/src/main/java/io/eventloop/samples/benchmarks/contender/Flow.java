package io.eventloop.samples.benchmarks.contender;

import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import org.jspecify.annotations.Nullable;

/**
 * A number of asynchronous operations on a loop, several of them at once. Belongs to the
 * thread that runs the loop.
 */
final class Flow {

	private final EventLoop loop;

	private final int count;

	private final int inFlight;

	private final IntFunction<CompletableFuture<Void>> operation;

	private final LoopFuture<Void> end;

	private int started;

	private int ended;

	Flow(EventLoop loop, int count, int inFlight, IntFunction<CompletableFuture<Void>> operation) {
		this.loop = loop;
		this.count = count;
		this.inFlight = inFlight;
		this.operation = operation;
		this.end = loop.createFuture();
	}

	/**
	 * Run the loop until the last operation is done, or one has failed.
	 */
	void run() {
		if (this.count > 0) {
			this.loop.callSoon(this::startFirst);
			this.loop.runUntilComplete(this.end);
		}
	}

	private void startFirst() {
		int first = Math.min(this.count, this.inFlight);
		for (int i = 0; i < first; i++) {
			startNext();
		}
	}

	private void startNext() {
		this.operation.apply(this.started++).whenComplete((result, failure) -> ended(failure));
	}

	private void ended(@Nullable Throwable failure) {
		this.ended++;
		if (failure != null) {
			this.end.completeExceptionally(failure);
		}
		else if (this.ended == this.count) {
			this.end.complete(null);
		}
		else if (this.started < this.count) {
			startNext();
		}
	}

}
