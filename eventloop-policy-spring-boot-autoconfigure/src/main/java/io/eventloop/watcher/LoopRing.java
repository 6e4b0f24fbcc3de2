package io.eventloop.watcher;

import java.io.IOException;

import io.eventloop.EventLoop;
import io.eventloop.memory.LeakWatch;
import io.eventloop.posix.ChildProcess;
import io.eventloop.posix.ExitRing;
import io.eventloop.posix.PosixException;
import org.jspecify.annotations.Nullable;

/**
 * The ring of a loop, and the children that it waits for. Belongs to the loop's thread.
 * Does not hold the loop.
 */
final class LoopRing {

	private final ExitRing ring;

	private final AwaitedChildren children = new AwaitedChildren();

	private final LeakWatch leakWatch;

	private boolean closed;

	/**
	 * Open a ring. It is closed if the loop is collected without having been closed.
	 */
	LoopRing(EventLoop loop, int completions) throws IOException {
		ExitRing opened = new ExitRing(completions);
		try {
			this.leakWatch = LeakWatch.over(loop, opened::close);
		}
		catch (Throwable ex) {
			opened.close();
			throw ex;
		}
		this.ring = opened;
	}

	/**
	 * Have the loop watch the ring.
	 */
	void addTo(EventLoop loop, Runnable ready) {
		try {
			loop.addReader(this.ring.fd(), ready);
		}
		catch (Throwable ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Wait for a child, unless it is waited for.
	 */
	void await(ChildProcess child) throws PosixException {
		int slot = this.children.add(child);
		if (slot < 0) {
			return;
		}
		boolean taken = false;
		try {
			this.ring.await(child.pid(), slot);
			taken = true;
		}
		finally {
			if (!taken) {
				this.children.remove(slot);
			}
		}
	}

	/**
	 * Return whether a wait has completed; the same one until it was taken.
	 */
	boolean next() throws PosixException {
		return this.ring.next();
	}

	/**
	 * Return the child of the completed wait, or {@code null} if it was taken before.
	 */
	@Nullable ChildProcess child() {
		return this.children.get(this.ring.token());
	}

	/**
	 * Take the completed wait. Allocates nothing.
	 */
	void take() {
		this.children.remove(this.ring.token());
		this.ring.taken();
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Remove the ring from the loop, and close it. Nothing is waited for any more.
	 */
	void close(EventLoop loop) {
		if (!this.closed) {
			loop.removeReader(this.ring.fd());
			close();
		}
	}

	private void close() {
		this.closed = true;
		this.leakWatch.end();
		this.ring.close();
	}

}
