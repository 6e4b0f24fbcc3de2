package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import io.eventloop.EventLoop;
import io.eventloop.SubprocessSpec;

/**
 * What became of the threads that joined a child.
 */
final class Joins {

	private static final SubprocessSpec CHILD = SubprocessSpec.shell("exit 7");

	private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

	List<Outcome> outcomes() {
		return this.outcomes;
	}

	/**
	 * Run a child and wait for it, in this thread.
	 */
	String join(EventLoop loop) {
		return note(() -> loop.subprocess(CHILD).join().onExit().join());
	}

	String note(Supplier<Integer> joining) {
		long begin = System.nanoTime();
		String text;
		try {
			text = joining.get().toString();
		}
		catch (RuntimeException ex) {
			text = rootOf(ex).getMessage();
		}
		this.outcomes.add(new Outcome(text, Duration.ofNanos(System.nanoTime() - begin)));
		return text;
	}

	private static Throwable rootOf(Throwable failure) {
		return (failure.getCause() != null) ? rootOf(failure.getCause()) : failure;
	}

	record Outcome(String text, Duration taken) {

	}

}
