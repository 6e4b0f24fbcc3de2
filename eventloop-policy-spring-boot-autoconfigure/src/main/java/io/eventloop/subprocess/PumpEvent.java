package io.eventloop.subprocess;

import io.eventloop.EventLoop;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;

/**
 * What the thread of a blocking pipe tells the loop: that a read or write is over.
 * Allocated with the pipe, as there may be no memory when it is over.
 */
final class PumpEvent {

	private final EventLoop loop;

	private final RepeatableCallback over;

	private final RepeatableCallback tell;

	private final Runnable close;

	/**
	 * Tell nothing yet.
	 * @param over takes the outcome, on the loop
	 * @param tell tells the transport what is there, on the loop
	 * @param close closes the pipe, from any thread
	 */
	PumpEvent(EventLoop loop, RepeatableCallback over, RepeatableCallback tell, Runnable close) {
		this.loop = loop;
		this.over = over;
		this.tell = tell;
		this.close = close;
	}

	/**
	 * Bring the outcome to the loop. Where that is closed, the pipe is of no use any more
	 * and is closed. From the pipe's thread.
	 */
	void post() {
		try {
			MemoryReserve.post(this.loop, this.over);
		}
		catch (IllegalStateException ex) {
			this.close.run();
		}
	}

	/**
	 * Tell the transport, in the next pass, what has come before it watched. On the loop.
	 */
	void tellSoon() {
		this.loop.callSoon(this.tell);
	}

}
