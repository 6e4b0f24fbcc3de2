package io.eventloop.tests.springai;

import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.containment.TreeContainment;
import io.eventloop.watcher.PidfdChildWatcher;

/**
 * An event loop that runs until this is closed.
 */
final class LoopThread implements AutoCloseable {

	private final EventLoop loop = EventLoops.newEventLoop();

	private final Thread thread = new Thread(this.loop::runForever, "test-loop");

	LoopThread() {
		// The default one has a thread per child
		EventLoops.setChildWatcher(new PidfdChildWatcher());
		this.loop.setChildContainment(TreeContainment.builder().build());
		this.thread.setDaemon(true);
		this.thread.start();
	}

	EventLoop loop() {
		return this.loop;
	}

	@Override
	public void close() {
		this.loop.callSoonThreadsafe(this.loop::stop);
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.loop.close();
		EventLoops.setChildWatcher(null);
	}

}
