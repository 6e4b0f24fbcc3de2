package io.eventloop.metrics;

import java.util.List;

import io.eventloop.CapturedContext;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Values of a thread, by their accessors. What the capturing thread had no value of is
 * taken from the other thread while a scope is open.
 */
final class CapturedThreadLocals implements CapturedContext {

	private final List<ThreadLocalAccessor<?>> accessors;

	private final @Nullable Object[] values;

	CapturedThreadLocals(List<ThreadLocalAccessor<?>> accessors) {
		this.accessors = accessors;
		this.values = new Object[accessors.size()];
	}

	/**
	 * Keep a value. While the context is being captured.
	 */
	void put(int accessor, Object value) {
		this.values[accessor] = value;
	}

	@Override
	public Scope open() {
		@Nullable Object[] before = new Object[this.values.length];
		for (int i = 0; i < before.length; i++) {
			before[i] = exchange(this.accessors.get(i), this.values[i]);
		}
		return () -> restore(before);
	}

	private void restore(@Nullable Object[] before) {
		for (int i = before.length - 1; i >= 0; i--) {
			restore(this.accessors.get(i), before[i]);
		}
	}

	@SuppressWarnings("unchecked") // an accessor's values go back to the same accessor
	private static <V> @Nullable Object exchange(ThreadLocalAccessor<V> accessor, @Nullable Object value) {
		Object before = accessor.getValue();
		if (value != null) {
			accessor.setValue((V) value);
		}
		else if (before != null) {
			accessor.setValue();
		}
		return before;
	}

	@SuppressWarnings("unchecked") // an accessor's values go back to the same accessor
	private static <V> void restore(ThreadLocalAccessor<V> accessor, @Nullable Object before) {
		if (before != null) {
			accessor.restore((V) before);
		}
		else if (accessor.getValue() != null) {
			accessor.restore();
		}
	}

}
