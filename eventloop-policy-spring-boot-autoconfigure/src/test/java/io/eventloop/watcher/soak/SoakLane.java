package io.eventloop.watcher.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.eventloop.ChildHandler;
import io.eventloop.ChildWatcher;
import io.eventloop.SpawnScope;
import io.eventloop.watcher.LoopThread;
import io.eventloop.watcher.TestChild;

/**
 * One of the soak's threads: its loop, and what all that is done with children on it has
 * in common. Not for several threads.
 */
final class SoakLane {

	private final ChildWatcher watcher;

	private final LoopThread loop;

	private final SoakSums sums;

	private int codes;

	/**
	 * Create a lane.
	 * @param firstCode the first exit code of its children, of 0 to 255 in turn
	 */
	SoakLane(ChildWatcher watcher, LoopThread loop, SoakSums sums, int firstCode) {
		this.watcher = watcher;
		this.loop = loop;
		this.sums = sums;
		this.codes = firstCode;
	}

	ChildWatcher watcher() {
		return this.watcher;
	}

	LoopThread loop() {
		return this.loop;
	}

	SoakSums sums() {
		return this.sums;
	}

	/**
	 * Return the next exit code.
	 */
	int nextCode() {
		return this.codes++ & 0xff;
	}

	/**
	 * Spawn and register within a scope of the watcher's.
	 */
	<T> T inScope(Supplier<T> action) {
		SpawnScope scope = this.watcher.enter();
		try {
			return action.get();
		}
		finally {
			scope.close();
		}
	}

	/**
	 * Start children that end together when the first is told to, registered on a loop.
	 */
	List<SoakChild> together(int count, LoopThread where) {
		int[] expected = IntStream.generate(this::nextCode).limit(count).toArray();
		return inScope(() -> {
			List<TestChild> started = TestChild.together(expected);
			List<SoakChild> children = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				children.add(new SoakChild(started.get(i), expected[i], this.sums));
			}
			register(children, where);
			return children;
		});
	}

	List<SoakChild> together(int count) {
		return together(count, this.loop);
	}

	void register(List<SoakChild> children, LoopThread where) {
		where.run(() -> children.forEach((child) -> this.watcher.addChildHandler(child.pid(), child)));
	}

	void register(SoakChild child) {
		register(child, child);
	}

	void register(SoakChild child, ChildHandler handler) {
		this.loop.run(() -> this.watcher.addChildHandler(child.pid(), handler));
	}

	static void end(List<SoakChild> children) {
		children.get(0).child().end();
		awaitTold(children);
	}

	static void awaitTold(List<SoakChild> children) {
		children.forEach(SoakChild::awaitTold);
	}

}
