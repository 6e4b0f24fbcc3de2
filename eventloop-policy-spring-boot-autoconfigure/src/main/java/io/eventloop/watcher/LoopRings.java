package io.eventloop.watcher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.posix.ChildProcess;

/**
 * A ring for each loop that has children. Methods that concern a loop must be called on
 * its thread, or by the one that closes it. A loop that is neither closed nor used is not
 * held.
 * <p>
 * One ring per loop rather than one for the process: the kernel completes a wait in the
 * thread that began it, which is then the loop's own, and no lock is needed.
 */
final class LoopRings {

	private final Map<EventLoop, LoopRing> rings = Collections.synchronizedMap(new WeakHashMap<>());

	private final int completions;

	private final Consumer<LoopRing> ready;

	/**
	 * Create rings.
	 * @param completions how many completions each makes room for
	 * @param ready called on the loop's thread when waits have completed
	 */
	LoopRings(int completions, Consumer<LoopRing> ready) {
		this.completions = completions;
		this.ready = ready;
	}

	/**
	 * Wait for a child in the loop's ring, which is opened unless there is one.
	 */
	void await(ChildProcess child, EventLoop loop) throws IOException {
		LoopRing ring = this.rings.get(loop);
		((ring != null) ? ring : open(loop)).await(child);
	}

	private LoopRing open(EventLoop loop) throws IOException {
		LoopRing ring = new LoopRing(loop, this.completions);
		RepeatableCallback reader = () -> this.ready.accept(ring);
		this.rings.put(loop, ring);
		try {
			ring.addTo(loop, reader);
		}
		catch (Throwable ex) {
			this.rings.remove(loop);
			throw ex;
		}
		return ring;
	}

	/**
	 * Return the loops that have a ring.
	 */
	Collection<EventLoop> loops() {
		synchronized (this.rings) {
			return new ArrayList<>(this.rings.keySet());
		}
	}

	/**
	 * Close the loop's ring, if it has one.
	 */
	void close(EventLoop loop) {
		LoopRing ring = this.rings.get(loop);
		if (ring != null) {
			ring.close(loop);
			this.rings.remove(loop);
		}
	}

}
