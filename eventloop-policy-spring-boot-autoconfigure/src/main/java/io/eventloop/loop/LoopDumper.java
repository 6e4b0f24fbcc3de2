package io.eventloop.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

import io.eventloop.LoopDump;
import io.eventloop.LoopDump.Excerpt;
import io.eventloop.LoopDump.PendingTimer;
import io.eventloop.LoopDump.RunningCallback;
import org.jspecify.annotations.Nullable;

/**
 * Takes dumps of a loop, in any thread, without asking the loop: its callback is what the
 * stack of its thread shows.
 */
final class LoopDumper {

	private static final String ENTRY_CLASS = CallbackHandle.class.getName();

	private static final String ENTRY_METHOD = "run";

	private final BaseEventLoop loop;

	private final CallbackRunner runner;

	private final LoopWork work;

	LoopDumper(BaseEventLoop loop, CallbackRunner runner, LoopWork work) {
		this.loop = loop;
		this.runner = runner;
		this.work = work;
	}

	/**
	 * Take a dump.
	 * @param most how many timers and tasks to describe
	 */
	LoopDump dump(int most) {
		Thread thread = this.runner.thread();
		RunningCallback callback = (thread != null) ? callback(thread) : null;
		long now = this.loop.time();
		List<TimedHandle> timers = this.runner.timers();
		timers.sort(Comparator.comparingLong((timer) -> timer.when() - now));
		return new LoopDump(state(thread, callback), (thread != null) ? thread.getName() : null, callback,
				this.loop.statistics().pending(), this.loop.pendingLaunches(), this.work.executorWork().size(),
				Excerpt.of(timers, most, (timer) -> describe(timer, now)),
				Excerpt.of(this.work.pendingTasks(), most, Task::describe));
	}

	private String state(@Nullable Thread thread, @Nullable RunningCallback callback) {
		if (this.loop.isClosed()) {
			return "closed";
		}
		if (thread == null) {
			return "stopped";
		}
		return (callback != null) ? "busy" : "waiting";
	}

	private @Nullable RunningCallback callback(Thread thread) {
		List<StackTraceElement> frames = Arrays.asList(thread.getStackTrace());
		int entry = frames.size() - 1;
		while (entry > 0 && !isEntry(frames.get(entry))) {
			entry--;
		}
		if (entry <= 0) {
			return null;
		}
		List<StackTraceElement> running = frames.subList(0, entry);
		List<StackTraceElement> outermostFirst = new ArrayList<>(running);
		Collections.reverse(outermostFirst);
		return new RunningCallback(Frames.firstOfApplication(outermostFirst),
				Duration.ofNanos(Math.max(0, this.loop.time() - this.runner.lastLookAtClock())),
				running.stream().limit(RunningCallback.MOST_FRAMES).map(StackTraceElement::toString).toList());
	}

	private static boolean isEntry(StackTraceElement frame) {
		return frame.getMethodName().equals(ENTRY_METHOD) && frame.getClassName().equals(ENTRY_CLASS);
	}

	private static PendingTimer describe(TimedHandle timer, long now) {
		return new PendingTimer(timer.type(), Duration.ofNanos(timer.when() - now), timer.createdAt());
	}

}
