package io.eventloop.metrics;

import java.util.List;

import io.eventloop.CapturedContext;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Thread-local values, by their accessors. A value that the capturing thread did not have
 * is removed from the other thread while a scope is open.
 */
final class CapturedThreadLocals implements CapturedContext {

	private final List<ThreadLocalAccessor<?>> accessors;

	private final @Nullable Object[] values;

	CapturedThreadLocals(List<ThreadLocalAccessor<?>> accessors) {
		this.accessors = accessors;
		this.values = new Object[accessors.size()];
	}

	/**
	 * Add a value, while the context is being captured.
	 */
	void put(int accessor, Object value) {
		this.values[accessor] = value;
	}

	@Override
	public Scope open() {
		@Nullable Object[] before = new Object[this.values.length];
		int exchanged = 0;
		try {
			while (exchanged < before.length) {
				before[exchanged] = exchange(this.accessors.get(exchanged), this.values[exchanged]);
				exchanged++;
			}
		}
		catch (RuntimeException ex) {
			restore(before, exchanged, ex);
		}
		return () -> restore(before, before.length, null);
	}

	/**
	 * Restore that many values, even if some of them fail, and throw the first failure.
	 */
	private void restore(@Nullable Object[] before, int count, @Nullable RuntimeException cause) {
		RuntimeException failure = cause;
		for (int i = count - 1; i >= 0; i--) {
			try {
				restore(this.accessors.get(i), before[i]);
			}
			catch (RuntimeException ex) {
				if (failure == null) {
					failure = ex;
				}
				else {
					failure.addSuppressed(ex);
				}
			}
		}
		if (failure != null) {
			throw failure;
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
