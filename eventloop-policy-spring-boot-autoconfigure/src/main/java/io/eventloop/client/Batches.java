package io.eventloop.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.pipe.LoopCalls;
import org.jspecify.annotations.Nullable;

/**
 * Hands on what a child writes in an executor, one batch at a time, with the child's pipe
 * held meanwhile. Belongs to the loop's thread.
 *
 * @param <T> the type of the pieces
 */
final class Batches<T> {

	private final EventLoop loop;

	private final @Nullable Executor executor;

	private final Taker<T> taker;

	private final Consumer<? super Throwable> failed;

	private List<T> next = new ArrayList<>();

	private @Nullable Valve valve;

	private @Nullable Runnable done;

	private boolean busy;

	private boolean abandoned;

	/**
	 * Create the batches.
	 * @param executor where they are taken, or {@code null} for the loop's own executor
	 * @param taker takes them
	 * @param failed told of the taker's failure, on the loop; nothing is handed on then
	 */
	Batches(EventLoop loop, @Nullable Executor executor, Taker<T> taker, Consumer<? super Throwable> failed) {
		this.loop = loop;
		this.executor = executor;
		this.taker = taker;
		this.failed = failed;
	}

	void connect(Valve pipe) {
		this.valve = pipe;
	}

	void add(T piece) {
		if (!this.abandoned) {
			this.next.add(piece);
		}
	}

	/**
	 * Hand on what was added, unless a batch is on its way.
	 */
	void handOn() {
		if (this.busy || this.next.isEmpty()) {
			return;
		}
		List<T> batch = this.next;
		this.next = new ArrayList<>();
		this.busy = true;
		if (this.valve != null) {
			this.valve.close();
		}
		try {
			this.loop.runInExecutor(this.executor, () -> {
				this.taker.take(batch);
				return true;
			}).whenComplete((taken, failure) -> handedOn(failure));
		}
		catch (RuntimeException ex) {
			handedOn(ex);
		}
	}

	private void handedOn(@Nullable Throwable failure) {
		if (!LoopCalls.isOn(this.loop)) {
			// The loop is closed, and has ended the run
			return;
		}
		this.busy = false;
		if (failure != null && !this.abandoned) {
			abandon();
			this.failed.accept(failure);
		}
		handOn();
		if (!this.busy && this.valve != null) {
			this.valve.open();
		}
		endIfIdle();
	}

	/**
	 * Note that nothing follows.
	 * @param whenDone called once everything was handed on
	 */
	void end(Runnable whenDone) {
		this.done = whenDone;
		endIfIdle();
	}

	private void endIfIdle() {
		if (!this.busy && this.done != null) {
			Runnable told = this.done;
			this.done = null;
			told.run();
		}
	}

	/**
	 * Hand nothing on any more.
	 */
	void abandon() {
		this.abandoned = true;
		this.next.clear();
	}

	boolean isAbandoned() {
		return this.abandoned;
	}

	/**
	 * Takes a batch, in the executor.
	 *
	 * @param <T> the type of the pieces
	 */
	@FunctionalInterface
	interface Taker<T> {

		void take(List<T> batch) throws Exception;

	}

}
