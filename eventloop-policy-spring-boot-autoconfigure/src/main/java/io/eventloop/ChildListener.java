package io.eventloop;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Observes the children of all loops of this process, for meters and reports. Called on
 * the loop's thread, mostly; must be quick, safe to call from any thread, and not throw.
 *
 * @see ChildListeners
 * @since 0.1.0
 */
public interface ChildListener {

	/**
	 * A child was started.
	 * @param watcher the watcher that will notice its exit, or {@code null} where the
	 * loop needs none
	 * @param pid its process id
	 * @param spawnTime how long starting it took
	 */
	default void childSpawned(@Nullable ChildWatcher watcher, long pid, Duration spawnTime) {
	}

	/**
	 * A child has ended and was reaped, or was lost.
	 * @param watcher the watcher that noticed, or {@code null} where the loop needs none
	 * @param exit how it ended
	 * @param lifetime from the end of spawning to the report
	 */
	default void childReaped(@Nullable ChildWatcher watcher, ChildExit exit, Duration lifetime) {
	}

}
