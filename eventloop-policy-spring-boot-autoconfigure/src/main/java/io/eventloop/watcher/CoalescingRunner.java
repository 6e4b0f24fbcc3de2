package io.eventloop.watcher;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs something in one thread at a time, which is one of the threads that request it.
 * Each request is followed by a run that begins after it; requests during a run share the
 * next run, and do not wait for it. This includes requests from within a run.
 */
final class CoalescingRunner {

	private final Runnable run;

	private final AtomicInteger requests = new AtomicInteger();

	CoalescingRunner(Runnable run) {
		this.run = run;
	}

	/**
	 * Run, or leave it to the thread that is running.
	 */
	void request() {
		if (this.requests.getAndIncrement() > 0) {
			return;
		}
		int served;
		do {
			served = this.requests.get();
			try {
				this.run.run();
			}
			catch (Throwable ex) {
				this.requests.set(0);
				throw ex;
			}
		}
		while (this.requests.addAndGet(-served) > 0);
	}

}
