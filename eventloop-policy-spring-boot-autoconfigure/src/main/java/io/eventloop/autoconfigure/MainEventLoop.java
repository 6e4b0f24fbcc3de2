package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * The main event loop as the properties want it.
 */
final class MainEventLoop {

	private static final String VIRTUAL_THREADS = "eventloop-executor-virtual-";

	private MainEventLoop() {
	}

	/**
	 * Create the loop.
	 * @param policy makes it
	 * @param properties say how it is to be
	 * @param virtualThreads whether blocking work runs in virtual threads
	 */
	static EventLoop create(EventLoopPolicy policy, EventLoopProperties properties, boolean virtualThreads) {
		Duration slow = properties.getSlowCallbackDuration();
		if (slow.isNegative()) {
			throw new InvalidConfigurationPropertyValueException("eventloop.slow-callback-duration", slow,
					"It must not be negative; use 0s to see all callbacks in debug mode.");
		}
		EventLoop loop = policy.newEventLoop();
		loop.setSlowCallbackDuration(slow);
		if (properties.isDebug()) {
			loop.setDebug(true);
		}
		if (!properties.isContextPropagation()) {
			loop.setContextCapture(null);
		}
		if (virtualThreads) {
			loop.setDefaultExecutor(virtualThreads());
		}
		return loop;
	}

	/**
	 * A virtual thread for each piece of work. No bean: it would replace Boot's own
	 * executor.
	 */
	private static ExecutorService virtualThreads() {
		return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 0, TimeUnit.SECONDS, new SynchronousQueue<>(),
				new VirtualThreadTaskExecutor(VIRTUAL_THREADS).getVirtualThreadFactory());
	}

}
