package io.eventloop;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A process-wide object that decides which event loop belongs to which <em>context</em>,
 * creates new loops, and holds the child watcher that the loops share.
 * <p>
 * A context is a thread unless the policy defines it otherwise. All methods may be called
 * from any thread; the policy decides which loop they refer to.
 *
 * @see EventLoops#setEventLoopPolicy(EventLoopPolicy)
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-policy.html#policy-objects">asyncio,
 * Policy Objects</a>
 * @since 0.1.0
 */
public interface EventLoopPolicy {

	/**
	 * Return the event loop of the current context.
	 * @return the loop, never {@code null}
	 * @throws IllegalStateException if the current context has no loop and the policy
	 * does not create one for it
	 */
	EventLoop getEventLoop();

	/**
	 * Set the event loop of the current context.
	 * @param loop the loop, or {@code null} to leave the context without one
	 */
	void setEventLoop(@Nullable EventLoop loop);

	/**
	 * Create a loop that belongs to no context yet. The caller closes it.
	 * @return a new loop, never {@code null}
	 */
	EventLoop newEventLoop();

	/**
	 * Return the watcher that notices when child processes exit.
	 * @return the watcher
	 * @throws UnsupportedOperationException if this policy's loops have no watcher
	 */
	default ChildWatcher getChildWatcher() {
		throw new UnsupportedOperationException(
				getClass().getName() + " has no child watcher; override getChildWatcher()");
	}

	/**
	 * Set the watcher that notices when child processes exit. The previous watcher is
	 * closed.
	 * @param watcher the watcher, or {@code null} for the default one, which is created
	 * when it is next needed
	 * @throws UnsupportedOperationException if this policy does not allow its watcher to
	 * be changed
	 */
	default void setChildWatcher(@Nullable ChildWatcher watcher) {
		throw new UnsupportedOperationException(getClass().getName()
				+ "  does not allow its child watcher to be set; override setChildWatcher(ChildWatcher)");
	}

	/**
	 * Return the contexts that have a loop now, for reporting.
	 * @return a snapshot, empty if the policy does not track contexts
	 */
	default List<LoopContext> contexts() {
		return List.of();
	}

	/**
	 * Return how many loops this policy has created, for reporting.
	 * @return the number since the policy was created, or 0 if the policy does not count
	 * loops
	 */
	default long loopsCreated() {
		return 0;
	}

	/**
	 * Return how many of {@link #loopsCreated()} are closed.
	 * @return the number since the policy was created, or 0 if the policy does not count
	 * loops
	 */
	default long loopsClosed() {
		return 0;
	}

}
