package io.eventloop.metrics;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.eventloop.CapturedContext;
import io.eventloop.ContextCapture;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Captures what Micrometer's {@link ContextRegistry} has accessors for, such as the
 * current observation and with it the trace, and the MDC, whether it has one for that or
 * not.
 *
 * @since 0.1.0
 */
public final class ThreadLocalCapture implements ContextCapture {

	private final ContextRegistry registry;

	private final ThreadLocalAccessor<?> mdc = new Slf4jThreadLocalAccessor();

	/**
	 * Create the capture, with the registry that all share.
	 */
	public ThreadLocalCapture() {
		this(ContextRegistry.getInstance());
	}

	/**
	 * Create the capture.
	 * @param registry what to capture
	 */
	public ThreadLocalCapture(ContextRegistry registry) {
		this.registry = registry;
	}

	@Override
	public @Nullable CapturedContext capture() {
		List<ThreadLocalAccessor<?>> accessors = this.registry.getThreadLocalAccessors();
		int count = accessors.size();
		CapturedThreadLocals captured = null;
		for (int i = 0; i <= count; i++) {
			Object value = ((i < count) ? accessors.get(i) : this.mdc).getValue();
			if (isEmptyMap(value)) {
				forgetEmptyMdc(i == count);
			}
			else if (value != null) {
				if (captured == null) {
					captured = new CapturedThreadLocals(
							Stream.concat(accessors.stream(), Stream.of(this.mdc)).toList());
				}
				captured.put(i, value);
			}
		}
		return captured;
	}

	/**
	 * Once a thread has had an MDC, asking for it gives a new map each time, be it empty.
	 */
	private static void forgetEmptyMdc(boolean mdc) {
		if (mdc) {
			MDC.clear();
		}
	}

	private static boolean isEmptyMap(@Nullable Object value) {
		return value instanceof Map<?, ?> map && map.isEmpty();
	}

}
