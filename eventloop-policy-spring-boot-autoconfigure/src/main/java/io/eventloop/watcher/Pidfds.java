package io.eventloop.watcher;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.posix.ChildProcess;
import io.eventloop.posix.Descriptors;
import io.eventloop.posix.Pidfd;
import io.eventloop.subprocess.ClosingSteps;

/**
 * The pidfds in the selectors of loops, by child and loop. What concerns a loop belongs
 * to that loop's thread.
 * <p>
 * A loop forgets a descriptor before it is closed: a process between fork and exec holds
 * a copy, and with it a closed number would go on reporting, perhaps as another child.
 */
final class Pidfds {

	private final Map<Watch, Integer> descriptors = new ConcurrentHashMap<>();

	/**
	 * Open a pidfd and add it to the loop, unless there is one.
	 * @param ready told when the process has ended
	 */
	void open(ChildProcess child, EventLoop loop, Consumer<Watch> ready) throws IOException {
		Watch watch = new Watch(child, loop);
		if (this.descriptors.containsKey(watch)) {
			return;
		}
		Runnable reader = () -> ready.accept(watch);
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
	 * Have the loop forget a pidfd that is there.
	 * @return the descriptor, to be closed
	 */
	int forget(Watch watch) {
		int fd = Objects.requireNonNull(this.descriptors.remove(watch), "No pidfd is watched");
		watch.loop().removeReader(fd);
		return fd;
	}

	/**
	 * Close a pidfd, if there is one.
	 */
	void close(Watch watch) {
		if (this.descriptors.containsKey(watch)) {
			Descriptors.close(forget(watch));
		}
	}

	void closeAll(EventLoop loop) {
		ClosingSteps.each(this.descriptors.keySet(), (watch) -> {
			if (watch.loop() == loop) {
				close(watch);
			}
		});
	}

	/**
	 * A child that a loop waits for.
	 */
	record Watch(ChildProcess child, EventLoop loop) {

	}

}
