package io.eventloop;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Observes the children of all loops of this process, for meters and reports. Usually
 * called on the loop's thread, but must be safe to call from any thread; must return
 * quickly and not throw.
 *
 * @see ChildListeners
 * @since 0.1.0
 */
public interface ChildListener {

	/**
	 * Called when a child was started.
	 * @param watcher the watcher that will notice its exit, or {@code null} if the loop
	 * needs none
	 * @param pid its process id
	 * @param name its {@linkplain SubprocessSpec#name() name}
	 * @param spawnTime how long spawning it took
	 */
	default void childSpawned(@Nullable ChildWatcher watcher, long pid, String name, Duration spawnTime) {
	}

	/**
	 * Called when a child has exited and was reaped, or its status was lost.
	 * @param watcher the watcher that noticed, or {@code null} if the loop needs none
	 * @param exit its exit
	 * @param name its {@linkplain SubprocessSpec#name() name}
	 * @param lifetime the time from the end of spawning to this report
	 */
	default void childReaped(@Nullable ChildWatcher watcher, ChildExit exit, String name, Duration lifetime) {
	}

}
