package io.eventloop.loop;

/**
 * A queue of callbacks that write their names.
 */
final class StressedQueue {

	/**
	 * With chunks so small that each callback is at the border of one.
	 */
	private final PostedQueue posted = new PostedQueue(1);

	private final ReadyQueue queue = new ReadyQueue(this.posted.taker());

	private final StringBuilder ran = new StringBuilder();

	void post(char name) {
		this.posted.post(handle(name));
	}

	void add(char name) {
		this.queue.add(handle(name));
	}

	void takeOne() {
		this.queue.takePosted();
		CallbackHandle handle = this.queue.poll();
		if (handle != null) {
			handle.run(null);
		}
	}

	/**
	 * Run what is left.
	 * @return the names of all that have run, in their order
	 */
	String takeAll() {
		do {
			takeOne();
		}
		while (this.queue.size() > 0);
		return this.ran.toString();
	}

	private CallbackHandle handle(char name) {
		return new CallbackHandle(() -> this.ran.append(name));
	}

}
