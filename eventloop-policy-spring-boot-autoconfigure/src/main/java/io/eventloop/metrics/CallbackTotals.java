package io.eventloop.metrics;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import io.eventloop.EventLoop;
import io.eventloop.LoopStatistics;

/**
 * Adds up the callbacks of all loops seen so far, open or closed, so that the totals
 * never decrease. Keeps no loop alive.
 */
final class CallbackTotals {

	private static final LoopStatistics NONE = new LoopStatistics(0, 0, 0, 0);

	private final Supplier<? extends Stream<EventLoop>> loops;

	private final List<Seen> seen = new ArrayList<>();

	private LoopStatistics ofClosed = NONE;

	CallbackTotals(Supplier<? extends Stream<EventLoop>> loops) {
		this.loops = loops;
	}

	/**
	 * Count.
	 * @return callbacks run by all loops seen here, since they were created
	 */
	synchronized long callbacks() {
		return sum(LoopStatistics::callbacks);
	}

	/**
	 * Count.
	 * @return the number of those that were slow
	 */
	synchronized long slow() {
		return sum(LoopStatistics::slow);
	}

	/**
	 * Count.
	 * @return callbacks that are ready and have not run yet, in all loops that exist now
	 */
	synchronized long pending() {
		see();
		return this.seen.stream()
			.filter((loop) -> !loop.isClosed())
			.map(Seen::latest)
			.mapToLong(LoopStatistics::pending)
			.sum();
	}

	/**
	 * Find the loops that exist now. Callbacks that a loop ran before it was seen are
	 * counted, too, if it is seen before it closes.
	 */
	synchronized void see() {
		this.loops.get().filter((loop) -> !loop.isClosed()).forEach((loop) -> {
			if (this.seen.stream().noneMatch((known) -> known.refersTo(loop))) {
				Seen added = new Seen(loop);
				this.seen.add(added);
				loop.addCloseListener(added::latest);
			}
		});
	}

	private long sum(ToLongFunction<LoopStatistics> figure) {
		see();
		long sum = 0;
		for (Iterator<Seen> iterator = this.seen.iterator(); iterator.hasNext();) {
			Seen loop = iterator.next();
			boolean closed = loop.isClosed();
			LoopStatistics latest = loop.latest();
			if (closed) {
				this.ofClosed = plus(this.ofClosed, latest);
				iterator.remove();
			}
			else {
				sum += figure.applyAsLong(latest);
			}
		}
		return sum + figure.applyAsLong(this.ofClosed);
	}

	private static LoopStatistics plus(LoopStatistics sum, LoopStatistics closed) {
		return new LoopStatistics(sum.callbacks() + closed.callbacks(), 0, 0, sum.slow() + closed.slow());
	}

	private static final class Seen extends WeakReference<EventLoop> {

		private LoopStatistics last = NONE;

		private Seen(EventLoop loop) {
			super(loop);
		}

		private boolean isClosed() {
			EventLoop loop = get();
			return loop == null || loop.isClosed();
		}

		/**
		 * The loop's statistics, or its last ones.
		 */
		private synchronized LoopStatistics latest() {
			EventLoop loop = get();
			if (loop != null) {
				this.last = loop.statistics();
			}
			return this.last;
		}

	}

}
