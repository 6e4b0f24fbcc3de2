package io.eventloop.autoconfigure;

import java.util.Collection;

import io.eventloop.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What event loops have under way when they are closed.
 *
 * @param loops the loops
 */
record DroppedWork(Collection<EventLoop> loops) {

	private static final Logger logger = LoggerFactory.getLogger(DroppedWork.class);

	void report() {
		int tasks = this.loops.stream().mapToInt((loop) -> loop.allTasks().size()).sum();
		int work = this.loops.stream().mapToInt((loop) -> loop.allExecutorWork().size()).sum();
		if (tasks + work > 0) {
			logger.warn("Closing the event loops before {} tasks and {} pieces of executor work were done; "
					+ "end them in the application's own destroy methods, or set a longer eventloop.shutdown.grace-period",
					tasks, work);
		}
	}

}
