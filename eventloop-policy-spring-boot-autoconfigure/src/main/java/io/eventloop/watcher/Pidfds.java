package io.eventloop.watcher;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.memory.ClosingSteps;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.posix.ChildProcess;
import io.eventloop.posix.Descriptors;
import io.eventloop.posix.Pidfd;

/**
 * The pidfds in the selectors of loops, by child and loop. Methods that concern a loop
 * must be called on its thread.
 * <p>
 * A pidfd is removed from its loop before it is closed: a process between fork and exec
 * has a copy, so a closed number would keep reporting, perhaps as another child.
 */
final class Pidfds {

	private static final int NONE = -1;

	private final Map<Watch, Integer> descriptors = new ConcurrentHashMap<>();

	/**
	 * Open a pidfd and add it to the loop, unless there is one.
	 * @param ready called when the process has exited
	 */
	void open(ChildProcess child, EventLoop loop, Consumer<Watch> ready) throws IOException {
		Watch watch = new Watch(child, loop);
		if (this.descriptors.containsKey(watch)) {
			return;
		}
		RepeatableCallback reader = () -> ready.accept(watch);
		int fd = Pidfd.open(child.pid());
		try {
			this.descriptors.put(watch, fd);
			loop.addReader(fd, reader);
		}
		catch (Throwable ex) {
			this.descriptors.remove(watch);
			Descriptors.close(fd);
			throw ex;
		}
	}

	/**
	 * Remove a pidfd from its loop.
	 * @return the descriptor, to be closed, or {@link #NONE} if it was removed before
	 */
	int forget(Watch watch) {
		Integer fd = this.descriptors.get(watch);
		if (fd == null) {
			return NONE;
		}
		watch.loop().removeReader(fd);
		this.descriptors.remove(watch);
		return fd;
	}

	/**
	 * Close what {@link #forget} has returned.
	 */
	static void close(int fd) {
		if (fd != NONE) {
			Descriptors.close(fd);
		}
	}

	/**
	 * Close a pidfd, if there is one.
	 */
	void close(Watch watch) {
		close(forget(watch));
	}

	void closeAll(EventLoop loop) {
		ClosingSteps.each(this.descriptors.keySet(), (watch) -> {
			if (watch.loop() == loop) {
				close(watch);
			}
		});
	}

	/**
	 * A child that a loop watches.
	 */
	record Watch(ChildProcess child, EventLoop loop) {

	}

}
