package io.eventloop.policy;

/**
 * The notion of <em>context</em>: to whom a loop belongs. Everything that asks a
 * {@link DefaultEventLoopPolicy} follows its strategy.
 * <p>
 * A strategy of your own keeps a {@link LoopSlot} for each of its contexts, for as long
 * as the context lives:
 *
 * <pre>{@code
 * class PerTenant implements ContextStrategy {
 *
 *     private final Map<String, LoopSlot> slots = new ConcurrentHashMap<>();
 *
 *     public LoopSlot current() {
 *         return this.slots.computeIfAbsent(Tenant.current(), LoopSlot::new);
 *     }
 *
 * }
 * }</pre>
 *
 * A strategy is called from any thread. Give each policy one of its own: policies that
 * share a strategy share its loops.
 *
 * @since 0.1.0
 */
public interface ContextStrategy {

	/**
	 * Return the slot of the calling thread's context.
	 * @return the slot, the same object every time within one context
	 */
	LoopSlot current();

	/**
	 * Return whether the calling thread's context is the main one: the only one for which
	 * a loop is created on demand, and to whose loop the child watcher is attached.
	 * @param mainThread whether the calling thread is the main one
	 * @return whether its context is; by default that of the main thread
	 */
	default boolean isMainContext(boolean mainThread) {
		return mainThread;
	}

	/**
	 * Create a strategy in which each thread is a context, as in asyncio.
	 * @return the default strategy
	 */
	static ContextStrategy perThread() {
		return new ThreadContexts();
	}

	/**
	 * Create a strategy in which each thread is a context that begins with the loop of
	 * the thread that created it. What it sets afterwards is its own. Mind pools: their
	 * threads begin with the loop of whoever came first.
	 * @return the strategy
	 */
	static ContextStrategy inheritable() {
		return new InheritableContexts();
	}

	/**
	 * Create a strategy in which the whole process is one context, the main one.
	 * @return the strategy
	 */
	static ContextStrategy perProcess() {
		return new ProcessContext();
	}

}
