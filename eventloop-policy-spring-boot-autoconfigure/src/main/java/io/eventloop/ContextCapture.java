package io.eventloop;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures the context in which a callback is scheduled (the MDC, a trace, whatever else
 * belongs to a thread), so that the callback can run in it. Called in the scheduling
 * thread, once for each callback.
 * <p>
 * A loop begins with the first that {@link ServiceLoader} finds and can load. This
 * library brings one, which needs {@code io.micrometer:context-propagation} on the class
 * path. The system property {@code eventloop.context-propagation=false} switches them all
 * off, {@link EventLoop#setContextCapture} a loop's.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ContextCapture {

	/**
	 * Capture the context of the calling thread.
	 * @return the context, or {@code null} if there is nothing to carry, which must not
	 * cost anything
	 */
	@Nullable CapturedContext capture();

	/**
	 * Return what new loops capture with.
	 * @return the first that was found, or {@code null} if there is none or it is
	 * switched off
	 */
	static @Nullable ContextCapture findDefault() {
		boolean on = Boolean.parseBoolean(System.getProperty("eventloop.context-propagation", "true"));
		return on ? Found.CAPTURE : null;
	}

	/**
	 * Looked for once.
	 */
	final class Found {

		private static final Logger logger = LoggerFactory.getLogger(ContextCapture.class);

		private static final @Nullable ContextCapture CAPTURE = find();

		private Found() {
		}

		/**
		 * Those whose classes are missing fail to load, some as early as they are looked
		 * for.
		 */
		private static @Nullable ContextCapture find() {
			Iterator<ContextCapture> found = ServiceLoader
				.load(ContextCapture.class, ContextCapture.class.getClassLoader())
				.iterator();
			while (true) {
				try {
					return found.hasNext() ? found.next() : null;
				}
				catch (ServiceConfigurationError | LinkageError ex) {
					logger.debug("A way to capture contexts cannot be used: {}", ex.toString());
				}
			}
		}

	}

}
