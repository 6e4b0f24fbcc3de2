package io.eventloop.policy;

/**
 * Defines the <em>contexts</em> of a {@link DefaultEventLoopPolicy}, to which its loops
 * belong.
 * <p>
 * An implementation keeps a {@link LoopSlot} for each context, for as long as the context
 * exists:
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
 * A strategy is called from any thread. Use a separate strategy for each policy: policies
 * that share a strategy share its loops.
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
	 * Return whether the calling thread's context is the main one: the only context for
	 * which a loop is created on demand, and to whose loop the child watcher is attached.
	 * @param mainThread whether the calling thread is the main one
	 * @return whether its context is the main one; by default, that is the context of the
	 * main thread
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
	 * Create a strategy in which each thread is a context that starts with the loop of
	 * the thread that created it. Loops that it sets later apply to it alone. Be careful
	 * with pools: their threads start with the loop of the thread whose task created
	 * them.
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
