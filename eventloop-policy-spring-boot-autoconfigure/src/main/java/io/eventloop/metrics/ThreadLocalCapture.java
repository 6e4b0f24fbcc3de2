package io.eventloop.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.eventloop.CapturedContext;
import io.eventloop.ContextCapture;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Captures the values for which Micrometer's {@link ContextRegistry} has accessors, such
 * as the current observation with its trace, and in any case the MDC.
 *
 * @since 0.1.0
 */
public final class ThreadLocalCapture implements ContextCapture {

	private final ContextRegistry registry;

	private final ThreadLocalAccessor<?> mdc = new Slf4jThreadLocalAccessor();

	/**
	 * Create the capture, with the shared registry.
	 */
	public ThreadLocalCapture() {
		this(ContextRegistry.getInstance());
	}

	/**
	 * Create the capture.
	 * @param registry the accessors of what to capture
	 */
	public ThreadLocalCapture(ContextRegistry registry) {
		this.registry = registry;
	}

	@Override
	public @Nullable CapturedContext capture() {
		return isAnythingThere() ? captureAll() : null;
	}

	private boolean isAnythingThere() {
		List<ThreadLocalAccessor<?>> accessors = this.registry.getThreadLocalAccessors();
		try {
			for (int i = 0; i < accessors.size(); i++) {
				if (isValue(accessors.get(i).getValue())) {
					return true;
				}
			}
		}
		catch (IndexOutOfBoundsException ex) {
			// An accessor was removed meanwhile; an iterator would copy the list for each
			// callback
			return true;
		}
		Object map = this.mdc.getValue();
		if (isEmptyMap(map)) {
			// Once a thread has had an MDC, reading it creates a new map each time
			MDC.clear();
		}
		return isValue(map);
	}

	/**
	 * Capture with the current accessors, which may change.
	 */
	private CapturedContext captureAll() {
		List<ThreadLocalAccessor<?>> accessors = new ArrayList<>(this.registry.getThreadLocalAccessors());
		accessors.add(this.mdc);
		CapturedThreadLocals captured = new CapturedThreadLocals(accessors);
		for (int i = 0; i < accessors.size(); i++) {
			Object value = accessors.get(i).getValue();
			if (value != null && isValue(value)) {
				captured.put(i, value);
			}
		}
		return captured;
	}

	private static boolean isValue(@Nullable Object value) {
		return value != null && !isEmptyMap(value);
	}

	private static boolean isEmptyMap(@Nullable Object value) {
		return value instanceof Map<?, ?> map && map.isEmpty();
	}

}
