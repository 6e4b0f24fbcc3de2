package io.eventloop.watcher;

import io.eventloop.ChildHandler;
import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.SpawnScope;
import io.eventloop.memory.ClosingSteps;
import io.eventloop.posix.PosixPlatform;
import org.jspecify.annotations.Nullable;

/**
 * The default child watcher: a thread waits for each child, blocked in {@code waitid(2)}.
 * Works everywhere, with loops in any thread; uses no signal, and leaves foreign children
 * alone. Costs a daemon thread with a small stack per child alive, named
 * {@code eventloop-waitpid-N}, which is reused for another child within a tenth of a
 * second.
 * <p>
 * It needs no loop of its own: {@link #attachLoop} does nothing. The thread of a child
 * whose handler was removed keeps waiting, and is used again if the child is registered
 * again.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-policy.html#asyncio.ThreadedChildWatcher">asyncio,
 * ThreadedChildWatcher</a>
 * @since 0.1.0
 */
public final class ThreadedChildWatcher implements ChildWatcher {

	static final String NAME = "threaded";

	private final ChildHandlers handlers = new ChildHandlers(NAME, this::loopClosed);

	private final WaitingThreads threads = new WaitingThreads(this.handlers, new ChildExits(this.handlers));

	/**
	 * Register a handler.
	 * @throws io.eventloop.UnsupportedPlatformException if this system does not support
	 * waiting for children
	 */
	@Override
	public void addChildHandler(long pid, ChildHandler handler) {
		PosixPlatform.require();
		this.handlers.register(pid, handler, (registration) -> this.threads.await(registration.child()));
	}

	@Override
	public boolean removeChildHandler(long pid) {
		return this.handlers.remove(pid) != null;
	}

	@Override
	public void attachLoop(@Nullable EventLoop loop) {
	}

	@Override
	public boolean isActive() {
		return this.handlers.isOpen();
	}

	@Override
	public SpawnScope enter() {
		return this.handlers.enter();
	}

	@Override
	public void close() {
		this.handlers.close();
	}

	@Override
	public String name() {
		return NAME;
	}

	/**
	 * What was posted to the loop and has not run is lost: wait, briefly, once more.
	 */
	private void loopClosed(EventLoop loop) {
		ClosingSteps.each(this.handlers.of(loop), (registration) -> this.threads.await(registration.child()));
	}

}
