package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.eventloop.ChildContainment;
import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * Creates the main event loop as configured by the properties.
 */
final class MainEventLoop {

	private static final String VIRTUAL_THREADS = "eventloop-executor-virtual-";

	private MainEventLoop() {
	}

	/**
	 * Create the loop.
	 * @param policy creates it
	 * @param properties configure it
	 * @param virtualThreads whether blocking work runs in virtual threads
	 * @param containment its containment, or {@code null} to keep its own
	 * @param customizers have the last word
	 */
	static EventLoop create(EventLoopPolicy policy, EventLoopProperties properties, boolean virtualThreads,
			@Nullable ChildContainment containment, ObjectProvider<EventLoopCustomizer> customizers) {
		Duration slow = properties.getSlowCallbackDuration();
		if (slow.isNegative()) {
			throw new InvalidConfigurationPropertyValueException("eventloop.slow-callback-duration", slow,
					"It must not be negative; use 0s to see all callbacks in debug mode.");
		}
		EventLoop loop = policy.newEventLoop();
		try {
			prepare(loop, properties, virtualThreads, containment, customizers);
			return loop;
		}
		catch (RuntimeException | Error ex) {
			loop.close();
			throw ex;
		}
	}

	/**
	 * Configure a loop that the starter uses.
	 */
	static void prepare(EventLoop loop, EventLoopProperties properties, boolean virtualThreads,
			@Nullable ChildContainment containment, ObjectProvider<EventLoopCustomizer> customizers) {
		prepare(loop, properties, virtualThreads);
		loop.setChildLimits(ConfiguredChildLimits.of(properties));
		if (containment != null) {
			loop.setChildContainment(containment);
		}
		customizers.orderedStream().forEach((customizer) -> customizer.customize(loop));
	}

	private static void prepare(EventLoop loop, EventLoopProperties properties, boolean virtualThreads) {
		loop.setSlowCallbackDuration(properties.getSlowCallbackDuration());
		if (properties.isDebug()) {
			loop.setDebug(true);
		}
		if (!properties.isContextPropagation()) {
			loop.setContextCapture(null);
		}
		if (virtualThreads) {
			loop.setDefaultExecutor(virtualThreads());
		}
	}

	/**
	 * Return an executor with a virtual thread for each piece of work. Not a bean, which
	 * would replace Boot's own executor.
	 */
	private static ExecutorService virtualThreads() {
		return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 0, TimeUnit.SECONDS, new SynchronousQueue<>(),
				new VirtualThreadTaskExecutor(VIRTUAL_THREADS).getVirtualThreadFactory());
	}

}
