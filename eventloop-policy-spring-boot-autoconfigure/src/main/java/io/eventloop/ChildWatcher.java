package io.eventloop;

import org.jspecify.annotations.Nullable;

/**
 * Notices when child processes exit, reaps them, and calls their handlers.
 * <p>
 * <b>The contract of every watcher.</b> A handler is called exactly once, after its child
 * was reaped or found to be lost. It is called on the loop that was running in the
 * registering thread; if that loop has been closed, in the thread that finds the exit, so
 * that no exit is lost. Registering again for a pid replaces the handler; a removed
 * handler is not called, and its child is left for other code to reap. An exception
 * thrown by a handler goes to its loop's exception handler and affects no other child. A
 * child that exited before it was registered is reported all the same. If other code has
 * taken a child's status, it is reported as {@link ExitStatus.Lost}.
 * <p>
 * All methods may be called from any thread, unless a watcher documents otherwise.
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
	 * @return whether there was one
	 */
	boolean removeChildHandler(long pid);

	/**
	 * Attach the watcher to a loop, and detach it from the previous one. Does nothing if
	 * the watcher needs no loop.
	 * @param loop the loop, or {@code null} to only detach
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
	 * {@code with watcher:}. Scopes nest, and may be closed by another thread. Until the
	 * scope is closed a child can be registered, even if the watcher is closed meanwhile.
	 * @return the scope, to be closed after the registration
	 */
	SpawnScope enter();

	/**
	 * Accept no more children, except within scopes that are still open. Registered
	 * children are still reported. A second call does nothing.
	 */
	@Override
	void close();

	/**
	 * Return the watcher's name, as used in {@code eventloop.watcher}.
	 * @return the name, which is also the value of a meter's tag
	 */
	default String name() {
		return getClass().getSimpleName();
	}

}
