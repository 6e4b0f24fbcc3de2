package io.eventloop.autoconfigure;

import java.util.concurrent.atomic.AtomicBoolean;

import io.eventloop.autoconfigure.EventLoopProperties.Policy;
import io.eventloop.autoconfigure.EventLoopProperties.Selector;
import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.policy.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.NativeDetector;
import org.springframework.core.env.Environment;

/**
 * Prepares native code, and loads the classes of an event loop, in the background while
 * Spring prepares the application context, so that the beans find them there. Does
 * nothing where Boot itself initializes nothing in the background, or where the
 * properties choose to do without native code. What goes wrong here goes wrong once more,
 * and is told, when the beans are created.
 */
class BackgroundPreparation implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

	/**
	 * Boot's own property for this.
	 */
	private static final String IGNORE = "spring.backgroundpreinitializer.ignore";

	private static final AtomicBoolean started = new AtomicBoolean();

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		if (isPossible() && isWanted(event.getEnvironment()) && started.compareAndSet(false, true)) {
			Thread thread = new Thread(BackgroundPreparation::prepare, "eventloop-preparation");
			thread.setDaemon(true);
			thread.start();
		}
	}

	private static boolean isPossible() {
		return !Boolean.getBoolean(IGNORE) && Runtime.getRuntime().availableProcessors() > 1
				&& !NativeDetector.inNativeImage();
	}

	/**
	 * Return whether an application with these properties has loops over native code. A
	 * value that cannot be bound is reported by the beans.
	 */
	static boolean isWanted(Environment environment) {
		try {
			Binder binder = Binder.get(environment);
			Policy policy = binder.bind("eventloop.policy", Policy.class).orElse(Policy.DEFAULT);
			return binder.bind("eventloop.enabled", Boolean.class).orElse(true)
					&& (policy == Policy.SELECTOR || (policy == Policy.DEFAULT && !Platform.suitsProactor()))
					&& binder.bind("eventloop.selector", Selector.class).orElse(Selector.AUTO) != Selector.NIO;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	private static void prepare() {
		try {
			SelectorEventLoop loop = new SelectorEventLoop();
			loop.callSoon(loop::stop);
			loop.runForever();
			loop.close();
		}
		catch (Throwable ex) {
			logger().debug("Event loops could not be prepared", ex);
		}
	}

	/**
	 * Not before it is needed: Boot has not set up logging when this class is loaded.
	 */
	private static Logger logger() {
		return LoggerFactory.getLogger(BackgroundPreparation.class);
	}

}
