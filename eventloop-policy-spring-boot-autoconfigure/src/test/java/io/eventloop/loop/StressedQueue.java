package io.eventloop.loop;

/**
 * A queue of callbacks that write their names.
 */
final class StressedQueue {

	private final ReadyQueue queue = new ReadyQueue();

	private final StringBuilder ran = new StringBuilder();

	/**
	 * Post a callback.
	 * @return 1 if the loop has to be woken, else 0
	 */
	int post(char name) {
		return this.queue.post(handle(name)) ? 1 : 0;
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
