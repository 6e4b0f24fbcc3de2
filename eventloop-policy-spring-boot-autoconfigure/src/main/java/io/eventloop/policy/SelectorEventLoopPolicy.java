package io.eventloop.policy;

import io.eventloop.EventLoop;
import io.eventloop.loop.SelectorEventLoop;

/**
 * The default policy, with {@link SelectorEventLoop}s on every system.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-policy.html#asyncio.WindowsSelectorEventLoopPolicy">asyncio,
 * WindowsSelectorEventLoopPolicy</a>
 * @since 0.1.0
 */
public class SelectorEventLoopPolicy extends DefaultEventLoopPolicy {

	/**
	 * Create the policy, with a context per thread.
	 */
	public SelectorEventLoopPolicy() {
	}

	/**
	 * Create the policy.
	 * @param contexts defines the contexts
	 */
	public SelectorEventLoopPolicy(ContextStrategy contexts) {
		super(contexts);
	}

	@Override
	protected EventLoop createEventLoop() {
		return new SelectorEventLoop(newSelector());
	}

	@Override
	boolean hasChildWatcher() {
		return true;
	}

}
