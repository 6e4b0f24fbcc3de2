package io.eventloop.loop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * Whether a loop is closed, and who is told. May be used from any thread.
 */
final class CloseListeners {

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private volatile boolean closed;

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Remember that the loop is closed.
	 * @return whether it was open
	 */
	synchronized boolean close() {
		boolean first = !this.closed;
		this.closed = true;
		return first;
	}

	/**
	 * Add a listener, or call it where the loop is closed.
	 */
	void add(Runnable listener) {
		synchronized (this) {
			if (!this.closed) {
				this.listeners.add(listener);
				return;
			}
		}
		listener.run();
	}

	/**
	 * Call all listeners.
	 * @param failed is told of those that fail
	 */
	void tell(BiConsumer<Runnable, Throwable> failed) {
		for (Runnable listener : this.listeners) {
			try {
				listener.run();
			}
			catch (Throwable ex) {
				failed.accept(listener, ex);
			}
		}
	}

}
