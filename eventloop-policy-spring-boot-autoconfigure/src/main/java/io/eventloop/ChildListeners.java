package io.eventloop;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The process-wide list of {@link ChildListener}s. May be used from any thread.
 *
 * @since 0.1.0
 */
public final class ChildListeners {

	private static final List<ChildListener> LISTENERS = new CopyOnWriteArrayList<>();

	private ChildListeners() {
	}

	/**
	 * Add a listener.
	 * @param listener the listener
	 */
	public static void add(ChildListener listener) {
		LISTENERS.add(Objects.requireNonNull(listener, "'listener' must not be null"));
	}

	/**
	 * Remove a listener.
	 * @param listener the listener
	 * @return whether it was there
	 */
	public static boolean remove(ChildListener listener) {
		return LISTENERS.remove(listener);
	}

	/**
	 * Tell all listeners that a child was started. For implementors of subprocesses.
	 * @param watcher the watcher that will notice its exit, or {@code null} where the
	 * loop needs none
	 * @param pid its process id
	 * @param spawnTime how long starting it took
	 */
	public static void childSpawned(@Nullable ChildWatcher watcher, long pid, Duration spawnTime) {
		tell((listener) -> listener.childSpawned(watcher, pid, spawnTime));
	}

	/**
	 * Tell all listeners that a child was reaped. For implementors of subprocesses.
	 * @param watcher the watcher that noticed, or {@code null} where the loop needs none
	 * @param exit how it ended
	 * @param lifetime from the end of spawning to the report
	 */
	public static void childReaped(@Nullable ChildWatcher watcher, ChildExit exit, Duration lifetime) {
		tell((listener) -> listener.childReaped(watcher, exit, lifetime));
	}

	/**
	 * Tell all, also those behind one that fails.
	 */
	private static void tell(Consumer<ChildListener> event) {
		RuntimeException failure = null;
		for (ChildListener listener : LISTENERS) {
			try {
				event.accept(listener);
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

}
