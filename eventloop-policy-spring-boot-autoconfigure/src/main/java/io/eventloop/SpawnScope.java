package io.eventloop;

/**
 * The time between the spawning of a child and its registration with a watcher.
 *
 * @see ChildWatcher#enter()
 * @since 0.1.0
 */
@FunctionalInterface
public interface SpawnScope extends AutoCloseable {

	/**
	 * End the scope. A second call does nothing.
	 */
	@Override
	void close();

}
