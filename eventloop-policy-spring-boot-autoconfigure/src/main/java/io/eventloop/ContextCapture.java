package io.eventloop;

import java.util.ServiceLoader;

import org.jspecify.annotations.Nullable;

/**
 * Captures the context in which a callback is scheduled (the MDC, a trace, or other
 * thread-bound values), so that the callback can run in it. Called in the scheduling
 * thread, once per callback.
 * <p>
 * A new loop uses the first implementation that {@link ServiceLoader} finds and can load.
 * This library contains one, which requires {@code io.micrometer:context-propagation} on
 * the class path. The system property {@code eventloop.context-propagation=false}
 * switches this off for all loops, {@link EventLoop#setContextCapture} for one.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ContextCapture {

	/**
	 * Capture the context of the calling thread.
	 * @return the context, or {@code null} if there is nothing to carry; that case must
	 * be cheap
	 */
	@Nullable CapturedContext capture();

	/**
	 * Return the capture that new loops use.
	 * @return the first one found, or {@code null} if there is none or it is switched off
	 */
	static @Nullable ContextCapture findDefault() {
		boolean on = Boolean.parseBoolean(System.getProperty("eventloop.context-propagation", "true"));
		return on ? FoundContextCapture.CAPTURE : null;
	}

}
