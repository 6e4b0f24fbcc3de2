package io.eventloop.memory;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A value for each thread that asks, which lives as long as both the thread and this
 * object. A {@link ThreadLocal} alone would let a thread of a container's hold our
 * classes after the application that brought them was undeployed: here a thread holds
 * what belongs to the JDK, and the value weakly.
 *
 * @param <T> the type of the values, which must not hold their thread
 * @since 0.1.0
 */
public final class PerThread<T> {

	private static final int FIRST_SWEEP = 64;

	private final Supplier<T> initial;

	@SuppressWarnings("ThreadLocalUsage") // each owner has values of its own
	private final ThreadLocal<@Nullable WeakReference<T>> local = new ThreadLocal<>();

	private final Map<Thread, T> values = new WeakHashMap<>();

	private int sweepAt = FIRST_SWEEP;

	public PerThread(Supplier<T> initial) {
		this.initial = initial;
	}

	/**
	 * Return the calling thread's value, which is made the first time.
	 * @return the value, the same every time
	 */
	public T get() {
		WeakReference<T> reference = this.local.get();
		T value = (reference != null) ? reference.get() : null;
		return (value != null) ? value : create();
	}

	private T create() {
		T value = this.initial.get();
		synchronized (this.values) {
			if (this.values.size() < FIRST_SWEEP || this.values.size() >= this.sweepAt) {
				this.values.keySet().removeIf((thread) -> !thread.isAlive());
				this.sweepAt = 2 * this.values.size();
			}
			this.values.put(Thread.currentThread(), value);
		}
		this.local.set(new WeakReference<>(value));
		return value;
	}

}
