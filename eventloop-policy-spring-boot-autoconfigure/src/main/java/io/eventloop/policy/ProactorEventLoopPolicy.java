package io.eventloop.policy;

import io.eventloop.EventLoop;
import io.eventloop.loop.ProactorEventLoop;

/**
 * The default policy, with {@link ProactorEventLoop}s on every system. They need neither
 * a child watcher, so none can be got or set, nor native code of this library.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-policy.html#asyncio.WindowsProactorEventLoopPolicy">asyncio,
 * WindowsProactorEventLoopPolicy</a>
 * @since 0.1.0
 */
public class ProactorEventLoopPolicy extends DefaultEventLoopPolicy {

	/**
	 * Create the policy, with a context per thread.
	 */
	public ProactorEventLoopPolicy() {
	}

	/**
	 * Create the policy.
	 * @param contexts defines the contexts
	 */
	public ProactorEventLoopPolicy(ContextStrategy contexts) {
		super(contexts);
	}

	@Override
	protected EventLoop createEventLoop() {
		return new ProactorEventLoop();
	}

	@Override
	boolean hasChildWatcher() {
		return false;
	}

}
