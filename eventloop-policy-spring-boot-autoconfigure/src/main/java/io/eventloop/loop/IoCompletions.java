package io.eventloop.loop;

import java.nio.channels.CompletionHandler;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.memory.ClosingSteps;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import org.jspecify.annotations.Nullable;

/**
 * The reads and writes of a loop that are in progress. Their futures complete on the
 * loop, or when it closes.
 */
final class IoCompletions {

	private final EventLoop loop;

	private final Set<LoopFuture<Integer>> pending = ConcurrentHashMap.newKeySet();

	IoCompletions(EventLoop loop) {
		this.loop = loop;
	}

	/**
	 * Begin a read or a write.
	 * @param operation begins it, and is given whom to tell how many bytes it was
	 * @return the number of bytes, negative at the end
	 */
	LoopFuture<Integer> begin(Consumer<CompletionHandler<Integer, Object>> operation) {
		LoopFuture<Integer> future = new LoopFuture<>(this.loop);
		this.pending.add(future);
		future.whenComplete((count, failure) -> this.pending.remove(future));
		try {
			operation.accept(new Completion(future));
		}
		catch (RuntimeException | Error ex) {
			this.pending.remove(future);
			throw ex;
		}
		return future;
	}

	/**
	 * Tell who still waits that the loop is closed.
	 */
	void close() {
		ClosingSteps.each(this.pending, this::loopClosed);
	}

	private void loopClosed(LoopFuture<Integer> future) {
		future.completeExceptionally(new IllegalStateException(
				"%s was closed while this was read or written; wait for it before closing the loop"
					.formatted(this.loop)));
	}

	/**
	 * Brings an outcome, from a thread of the channel's, to the loop.
	 */
	private final class Completion implements CompletionHandler<Integer, Object>, RepeatableCallback {

		private final LoopFuture<Integer> future;

		private @Nullable Integer count;

		private @Nullable Throwable failure;

		private Completion(LoopFuture<Integer> future) {
			this.future = future;
		}

		@Override
		public void completed(Integer count, Object attachment) {
			this.count = count;
			deliver();
		}

		@Override
		public void failed(Throwable failure, Object attachment) {
			this.failure = failure;
			deliver();
		}

		private void deliver() {
			try {
				MemoryReserve.post(IoCompletions.this.loop, this);
			}
			catch (IllegalStateException ex) {
				loopClosed(this.future);
			}
		}

		@Override
		public void run() {
			if (this.failure != null) {
				this.future.completeExceptionally(this.failure);
			}
			else {
				this.future.complete(Objects.requireNonNull(this.count));
			}
		}

	}

}
