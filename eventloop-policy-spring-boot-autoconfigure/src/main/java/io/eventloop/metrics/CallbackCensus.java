package io.eventloop.metrics;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.eventloop.EventLoop;
import io.eventloop.LoopStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the callbacks of all loops that were seen, whether they are still open or not,
 * so that the sum never falls. Keeps no loop alive.
 */
final class CallbackCensus {

	private final Supplier<? extends Stream<EventLoop>> loops;

	private final List<Seen> seen = new ArrayList<>();

	private long callbacksOfClosed;

	CallbackCensus(Supplier<? extends Stream<EventLoop>> loops) {
		this.loops = loops;
	}

	/**
	 * Count.
	 * @return callbacks run by all loops that were seen here, since they were made
	 */
	synchronized long callbacks() {
		see();
		long sum = this.callbacksOfClosed;
		for (Iterator<Seen> iterator = this.seen.iterator(); iterator.hasNext();) {
			Seen loop = iterator.next();
			boolean closed = loop.isClosed();
			sum += loop.callbacks();
			if (closed) {
				this.callbacksOfClosed += loop.callbacks();
				iterator.remove();
			}
		}
		return sum;
	}

	/**
	 * Count.
	 * @return callbacks that are ready and not yet run, of all loops there are now
	 */
	synchronized long pending() {
		see();
		return this.seen.stream().mapToLong(Seen::pending).sum();
	}

	/**
	 * Look which loops there are. What a loop does before it is seen counts as well, if
	 * it is seen before it closes.
	 */
	synchronized void see() {
		this.loops.get().filter((loop) -> !loop.isClosed()).forEach((loop) -> {
			if (this.seen.stream().noneMatch((known) -> known.refersTo(loop))) {
				Seen added = new Seen(loop);
				this.seen.add(added);
				loop.addCloseListener(added::callbacks);
			}
		});
	}

	private static final class Seen extends WeakReference<EventLoop> {

		private final AtomicLong last = new AtomicLong();

		private Seen(EventLoop loop) {
			super(loop);
		}

		private boolean isClosed() {
			EventLoop loop = get();
			return loop == null || loop.isClosed();
		}

		private long callbacks() {
			LoopStatistics statistics = statistics();
			return this.last.accumulateAndGet((statistics != null) ? statistics.callbacks() : 0, Math::max);
		}

		private int pending() {
			LoopStatistics statistics = statistics();
			return (statistics != null) ? statistics.pending() : 0;
		}

		private @Nullable LoopStatistics statistics() {
			EventLoop loop = get();
			return (loop != null) ? loop.statistics() : null;
		}

	}

}
