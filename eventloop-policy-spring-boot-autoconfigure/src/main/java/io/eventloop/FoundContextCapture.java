package io.eventloop;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link ContextCapture} on the class path, searched for once.
 */
final class FoundContextCapture {

	private static final Logger logger = LoggerFactory.getLogger(ContextCapture.class);

	static final @Nullable ContextCapture CAPTURE = find();

	private FoundContextCapture() {
	}

	/**
	 * Those whose classes are missing fail to load, some as early as they are searched
	 * for.
	 */
	private static @Nullable ContextCapture find() {
		Iterator<ContextCapture> found = ServiceLoader.load(ContextCapture.class, ContextCapture.class.getClassLoader())
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
