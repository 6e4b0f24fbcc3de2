package io.eventloop.loop;

import java.lang.ref.Cleaner;

import io.eventloop.EventLoop;
import io.eventloop.selector.Selector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports a loop that was collected without having been closed, and releases what it
 * waited on.
 */
final class UnclosedLoop implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(EventLoop.class);

	private static final Cleaner CLEANER = Cleaner.create();

	private final String loop;

	private final Selector selector;

	private volatile boolean closed;

	private UnclosedLoop(String loop, Selector selector) {
		this.loop = loop;
		this.selector = selector;
	}

	/**
	 * Watch over a loop.
	 * @param loop the loop, which must not be reachable from its selector
	 * @param selector what it waits on
	 * @return to be told when the loop is closed
	 */
	static UnclosedLoop watch(EventLoop loop, Selector selector) {
		String name = "%s@%x".formatted(loop.getClass().getSimpleName(), System.identityHashCode(loop));
		UnclosedLoop watch = new UnclosedLoop(name, selector);
		CLEANER.register(loop, watch);
		return watch;
	}

	void closed() {
		this.closed = true;
	}

	@Override
	public void run() {
		if (!this.closed) {
			logger.warn("Event loop {} was never closed; its descriptors are released now. Close loops when done",
					this.loop);
			this.selector.close();
		}
	}

}
