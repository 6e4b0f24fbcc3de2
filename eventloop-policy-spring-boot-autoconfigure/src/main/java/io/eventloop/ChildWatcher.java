package io.eventloop;

import org.jspecify.annotations.Nullable;

/**
 * Notices when child processes exit, reaps them, and calls their handlers.
 * <p>
 * <b>The contract, whichever watcher.</b> A handler is called exactly once, after its
 * child was reaped or found to be lost. It is called on the loop that ran in the
 * registering thread; where that loop has closed first, on a thread of the watcher's, so
 * that no exit is lost. Registering again for a pid replaces the handler; a removed
 * handler is not called, and its child is left for whoever waits for it. An error of one
 * handler goes to its loop's exception handler and harms no other child. A child that has
 * exited before it was registered is reported all the same; one whose status somebody
 * else has taken is reported as {@link ExitStatus.Lost}.
 * <p>
 * All methods may be called from any thread, unless a watcher says otherwise.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-policy.html#process-watchers">asyncio,
 * Process Watchers</a>
 * @since 0.1.0
 */
public interface ChildWatcher extends AutoCloseable {

	/**
	 * Call the handler when the process exits.
	 * @param pid the process, a child of this one
	 * @param handler what to call; must be safe to call from any thread
	 * @throws IllegalArgumentException if the pid is not positive
	 * @throws IllegalStateException if the watcher is not active, or no loop runs in this
	 * thread
	 */
	void addChildHandler(long pid, ChildHandler handler);

	/**
	 * Remove the handler of the process.
	 * @param pid the process
	 * @return whether there was one to remove
	 */
	boolean removeChildHandler(long pid);

	/**
	 * Attach the watcher to a loop, detaching it from the one before. Watchers that need
	 * no loop do nothing.
	 * @param loop the loop, or {@code null} to detach only
	 */
	void attachLoop(@Nullable EventLoop loop);

	/**
	 * Return whether the watcher is ready to use. Spawning with an inactive watcher is an
	 * error.
	 * @return whether it is active
	 */
	boolean isActive();

	/**
	 * Enter the scope within which a child is spawned and registered: asyncio's
	 * {@code with watcher:}. Scopes nest, and may be closed by another thread. Until its
	 * end a child can be registered, also where the watcher is closed meanwhile.
	 * @return the scope, to be closed after the registration
	 */
	SpawnScope enter();

	/**
	 * Register no more children, but those of the scopes that are open. Those registered
	 * are reported all the same. A second call does nothing.
	 */
	@Override
	void close();

	/**
	 * Return the watcher's name, as {@code eventloop.watcher} spells it.
	 * @return the name; a meter's tag
	 */
	default String name() {
		return getClass().getSimpleName();
	}

}
