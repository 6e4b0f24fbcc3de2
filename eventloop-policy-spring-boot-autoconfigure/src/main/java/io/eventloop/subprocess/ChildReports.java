package io.eventloop.subprocess;

import java.time.Duration;

import io.eventloop.ChildExit;
import io.eventloop.ChildListeners;
import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells the {@link ChildListeners} of a child's beginning and end, whose errors are no
 * concern of the child's.
 *
 * @param loop who is told of such errors
 * @param watcher the watcher of the child, or {@code null} where it needs none
 */
record ChildReports(EventLoop loop, @Nullable ChildWatcher watcher) {

	void spawned(Child child) {
		guard(() -> ChildListeners.childSpawned(this.watcher, child.pid(), Duration.ofNanos(child.spawnNanos())));
	}

	void reaped(Child child, ChildExit exit) {
		guard(() -> ChildListeners.childReaped(this.watcher, exit,
				Duration.ofNanos(System.nanoTime() - child.startedAt())));
	}

	private void guard(Runnable report) {
		try {
			report.run();
		}
		catch (RuntimeException | Error ex) {
			this.loop.callExceptionHandler(ExceptionContext.of("Error in a child listener", ex));
		}
	}

}
