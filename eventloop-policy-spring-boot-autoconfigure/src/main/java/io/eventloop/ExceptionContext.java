package io.eventloop;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as passed to an exception handler.
 *
 * @param message what went wrong, a sentence
 * @param exception the error, if there is one
 * @param details the objects involved, by name: {@code handle}, {@code future},
 * {@code protocol}, {@code transport}, …
 * @since 0.1.0
 */
public record ExceptionContext(String message, @Nullable Throwable exception, SortedMap<String, Object> details) {

	public ExceptionContext {
		Objects.requireNonNull(message, "'message' must not be null");
		details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
	}

	/**
	 * Create a context with one detail.
	 * @param message what went wrong
	 * @param exception the error
	 * @param name the detail's name
	 * @param detail the detail
	 * @return the context
	 */
	public static ExceptionContext of(String message, @Nullable Throwable exception, String name, Object detail) {
		return new ExceptionContext(message, exception, new TreeMap<>(Map.of(name, detail)));
	}

	/**
	 * Create a context without details.
	 * @param message what went wrong
	 * @param exception the error
	 * @return the context
	 */
	public static ExceptionContext of(String message, @Nullable Throwable exception) {
		return new ExceptionContext(message, exception, new TreeMap<>());
	}

}
