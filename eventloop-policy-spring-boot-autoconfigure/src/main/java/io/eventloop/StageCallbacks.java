package io.eventloop;

import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

import io.eventloop.CapturedContext.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Wraps the callbacks of a future so that they run in a captured context. Without one
 * they are returned unchanged.
 */
@SuppressWarnings("try") // Scopes are there to end
final class StageCallbacks {

	private StageCallbacks() {
	}

	static Runnable runnable(@Nullable CapturedContext context, Runnable callback) {
		Objects.requireNonNull(callback);
		return (context == null) ? callback : () -> {
			try (Scope scope = context.open()) {
				callback.run();
			}
		};
	}

	static <A> Consumer<A> consumer(@Nullable CapturedContext context, Consumer<A> callback) {
		Objects.requireNonNull(callback);
		return (context == null) ? callback : (value) -> {
			try (Scope scope = context.open()) {
				callback.accept(value);
			}
		};
	}

	static <A, R> Function<A, R> function(@Nullable CapturedContext context, Function<A, R> callback) {
		Objects.requireNonNull(callback);
		return (context == null) ? callback : (value) -> {
			try (Scope scope = context.open()) {
				return callback.apply(value);
			}
		};
	}

	static <A, B> BiConsumer<A, B> biConsumer(@Nullable CapturedContext context, BiConsumer<A, B> callback) {
		Objects.requireNonNull(callback);
		return (context == null) ? callback : (first, second) -> {
			try (Scope scope = context.open()) {
				callback.accept(first, second);
			}
		};
	}

	static <A, B, R> BiFunction<A, B, R> biFunction(@Nullable CapturedContext context, BiFunction<A, B, R> callback) {
		Objects.requireNonNull(callback);
		return (context == null) ? callback : (first, second) -> {
			try (Scope scope = context.open()) {
				return callback.apply(first, second);
			}
		};
	}

}
