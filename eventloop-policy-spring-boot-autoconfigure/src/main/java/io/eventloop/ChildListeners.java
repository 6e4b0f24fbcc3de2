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
	 * @return whether it was registered
	 */
	public static boolean remove(ChildListener listener) {
		return LISTENERS.remove(listener);
	}

	/**
	 * Notify all listeners that a child was started. For implementations of subprocesses.
	 * @param watcher the watcher that will notice its exit, or {@code null} if the loop
	 * needs none
	 * @param pid its process id
	 * @param name its {@linkplain SubprocessSpec#name() name}
	 * @param spawnTime how long spawning it took
	 */
	public static void childSpawned(@Nullable ChildWatcher watcher, long pid, String name, Duration spawnTime) {
		tell((listener) -> listener.childSpawned(watcher, pid, name, spawnTime));
	}

	/**
	 * Notify all listeners that a child was reaped. For implementations of subprocesses.
	 * @param watcher the watcher that noticed, or {@code null} if the loop needs none
	 * @param exit its exit
	 * @param name its {@linkplain SubprocessSpec#name() name}
	 * @param lifetime the time from the end of spawning to this report
	 */
	public static void childReaped(@Nullable ChildWatcher watcher, ChildExit exit, String name, Duration lifetime) {
		tell((listener) -> listener.childReaped(watcher, exit, name, lifetime));
	}

	/**
	 * Notify all listeners, even if some of them fail.
	 */
	private static void tell(Consumer<ChildListener> event) {
		FirstFailure failure = new FirstFailure();
		for (ChildListener listener : LISTENERS) {
			failure.run(() -> event.accept(listener));
		}
		failure.throwIfAny();
	}

}
