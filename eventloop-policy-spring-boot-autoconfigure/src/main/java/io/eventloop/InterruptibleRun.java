package io.eventloop;

import java.util.concurrent.CancellationException;

/**
 * The run of a main task whose thread may be interrupted: the first interrupt cancels the
 * task, the second ends the run without waiting for it. The thread's interrupt flag is
 * set again at the end.
 *
 * @param <T> the result's type
 */
final class InterruptibleRun<T> implements Runnable {

	private final EventLoop loop;

	private final LoopFuture<T> task;

	private int interrupts;

	InterruptibleRun(EventLoop loop, LoopFuture<T> task) {
		this.loop = loop;
		this.task = task;
	}

	/**
	 * Run the loop until the task is done or the thread is interrupted twice.
	 */
	T untilComplete() {
		Runnable before = this.loop.getInterruptHandler();
		this.loop.setInterruptHandler(this);
		try {
			return this.loop.runUntilComplete(this.task);
		}
		catch (IllegalStateException ex) {
			throw leftByInterrupt() ? cancellation(ex) : ex;
		}
		finally {
			this.loop.setInterruptHandler(before);
			if (this.interrupts > 0) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * Handle an interrupt, on the loop.
	 */
	@Override
	public void run() {
		if (this.interrupts++ == 0) {
			this.task.cancel(true);
		}
		else {
			this.loop.stop();
		}
	}

	private boolean leftByInterrupt() {
		return this.interrupts > 1 && !this.task.isDone();
	}

	private static CancellationException cancellation(Throwable cause) {
		CancellationException cancellation = new CancellationException(
				"Interrupted again before the main task, which was cancelled at the first interrupt, had ended");
		cancellation.initCause(cause);
		return cancellation;
	}

}
