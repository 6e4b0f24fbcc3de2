package io.eventloop.watcher;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.eventloop.ChildExit;
import io.eventloop.ChildHandler;
import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import org.jspecify.annotations.Nullable;

/**
 * Records what it is told, and where.
 */
final class RecordedExits implements ChildHandler {

	private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();

	@Override
	public void childExited(ChildExit exit) {
		this.reports.add(new Report(exit, Thread.currentThread().getName(), EventLoops.findRunningLoop()));
	}

	/**
	 * Wait for the next report.
	 */
	Report next() {
		try {
			Report report = this.reports.poll(20, TimeUnit.SECONDS);
			if (report == null) {
				throw new AssertionError("The handler was not called");
			}
			return report;
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	int count() {
		return this.reports.size();
	}

	boolean isEmpty() {
		return this.reports.isEmpty();
	}

	record Report(ChildExit exit, String thread, @Nullable EventLoop loop) {

		long pid() {
			return this.exit.pid();
		}

		int returnCode() {
			return this.exit.returnCode();
		}

	}

}
