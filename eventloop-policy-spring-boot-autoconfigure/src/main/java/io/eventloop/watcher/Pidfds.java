package io.eventloop.watcher;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.eventloop.EventLoop;
import io.eventloop.posix.ChildProcess;
import io.eventloop.posix.Descriptors;
import io.eventloop.posix.Pidfd;

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
	 */
	void open(ChildProcess child, EventLoop loop, Runnable ready) throws IOException {
		Watch watch = new Watch(child, loop);
		if (this.descriptors.containsKey(watch)) {
			return;
		}
		int fd = Pidfd.open(child.pid());
		try {
			loop.addReader(fd, ready);
		}
		catch (Throwable ex) {
			Descriptors.close(fd);
			throw ex;
		}
		this.descriptors.put(watch, fd);
	}

	/**
	 * Have the loop forget a pidfd that is there.
	 * @return the descriptor, to be closed
	 */
	int forget(ChildProcess child, EventLoop loop) {
		int fd = Objects.requireNonNull(this.descriptors.remove(new Watch(child, loop)), "No pidfd is watched");
		loop.removeReader(fd);
		return fd;
	}

	/**
	 * Close a pidfd, if there is one.
	 */
	void close(ChildProcess child, EventLoop loop) {
		if (this.descriptors.containsKey(new Watch(child, loop))) {
			Descriptors.close(forget(child, loop));
		}
	}

	void closeAll(EventLoop loop) {
		for (Watch watch : this.descriptors.keySet()) {
			if (watch.loop() == loop) {
				close(watch.child(), loop);
			}
		}
	}

	private record Watch(ChildProcess child, EventLoop loop) {

	}

}
