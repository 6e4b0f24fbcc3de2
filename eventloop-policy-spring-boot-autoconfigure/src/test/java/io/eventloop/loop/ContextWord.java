package io.eventloop.loop;

import java.util.function.Supplier;

import io.eventloop.CapturedContext;
import io.eventloop.ContextCapture;
import org.jspecify.annotations.Nullable;

/**
 * A context of one word, which a thread has or has not.
 */
final class ContextWord implements ContextCapture {

	private final ThreadLocal<@Nullable String> word = new ThreadLocal<>();

	@Nullable String get() {
		return this.word.get();
	}

	/**
	 * Do something in the context of a word.
	 */
	<T> T with(String text, Supplier<T> action) {
		this.word.set(text);
		try {
			return action.get();
		}
		finally {
			this.word.remove();
		}
	}

	@Override
	public @Nullable CapturedContext capture() {
		String captured = this.word.get();
		return (captured == null) ? null : () -> {
			String before = this.word.get();
			this.word.set(captured);
			return () -> this.word.set(before);
		};
	}

}
