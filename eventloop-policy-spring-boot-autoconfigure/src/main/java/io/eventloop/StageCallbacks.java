package io.eventloop;

import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

import io.eventloop.CapturedContext.Scope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the callbacks of a future run in a captured context. Where there is none, they
 * stay what they are.
 */
@SuppressWarnings("try") // Scopes are there to end
final class StageCallbacks {

	private static final Logger logger = LoggerFactory.getLogger(LoopFuture.class);

	private StageCallbacks() {
	}

	private static @Nullable Scope open(CapturedContext context) {
		try {
			return context.open();
		}
		catch (RuntimeException ex) {
			logger.error("A context cannot be opened; what was chained to a future runs without it", ex);
			return null;
		}
	}

	static Runnable runnable(@Nullable CapturedContext context, Runnable callback) {
		Objects.requireNonNull(callback);
		return (context == null) ? callback : () -> {
			try (Scope scope = open(context)) {
				callback.run();
			}
		};
	}

	static <A> Consumer<A> consumer(@Nullable CapturedContext context, Consumer<A> callback) {
		Objects.requireNonNull(callback);
		return (context == null) ? callback : (value) -> {
			try (Scope scope = open(context)) {
				callback.accept(value);
			}
		};
	}

	static <A, R> Function<A, R> function(@Nullable CapturedContext context, Function<A, R> callback) {
		Objects.requireNonNull(callback);
		return (context == null) ? callback : (value) -> {
			try (Scope scope = open(context)) {
				return callback.apply(value);
			}
		};
	}

	static <A, B> BiConsumer<A, B> biConsumer(@Nullable CapturedContext context, BiConsumer<A, B> callback) {
		Objects.requireNonNull(callback);
		return (context == null) ? callback : (first, second) -> {
			try (Scope scope = open(context)) {
				callback.accept(first, second);
			}
		};
	}

	static <A, B, R> BiFunction<A, B, R> biFunction(@Nullable CapturedContext context, BiFunction<A, B, R> callback) {
		Objects.requireNonNull(callback);
		return (context == null) ? callback : (first, second) -> {
			try (Scope scope = open(context)) {
				return callback.apply(first, second);
			}
		};
	}

}
