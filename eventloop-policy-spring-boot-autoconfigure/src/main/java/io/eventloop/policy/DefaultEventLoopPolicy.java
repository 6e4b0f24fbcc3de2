package io.eventloop.policy;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.LoopContext;
import io.eventloop.loop.ProactorEventLoop;
import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.selector.Selector;
import io.eventloop.selector.SelectorChoice;
import io.eventloop.watcher.ThreadedChildWatcher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy in use unless another is set: a loop per thread, a selector loop, and
 * {@link ThreadedChildWatcher} as the child watcher; on Windows a proactor loop, which
 * needs none. Made to be subclassed: override what should differ, and call {@code super}
 * for the rest.
 * <p>
 * <b>On demand.</b> Only the <em>main</em> context is given a loop when it asks for one
 * and none was ever set; a line in the log names the caller. The new loop goes through
 * {@link #newEventLoop()} and {@link #setEventLoop}, so a subclass sees it. Everywhere
 * else, and after {@code setEventLoop(null)}, {@link #getEventLoop()} throws.
 * <p>
 * <b>The main context</b> is that of the JVM's main thread until
 * {@linkplain #setMainThread told otherwise}. Setting its loop attaches the child
 * watcher, if there is one already, to that loop.
 * <p>
 * Safe to use from any thread.
 *
 * @see ContextStrategy
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-policy.html#asyncio.DefaultEventLoopPolicy">asyncio,
 * DefaultEventLoopPolicy</a>
 * @since 0.1.0
 */
public class DefaultEventLoopPolicy implements EventLoopPolicy {

	private static final Logger logger = LoggerFactory.getLogger(DefaultEventLoopPolicy.class);

	private final ContextStrategy contexts;

	private final Set<LoopSlot> slots = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	private final LoopCount count = new LoopCount();

	private final Object watcherLock = new Object();

	private volatile Supplier<? extends Selector> selectors = () -> SelectorChoice.auto().factory().get();

	private volatile @Nullable Thread mainThread;

	private volatile @Nullable ChildWatcher watcher;

	/**
	 * Create the policy, with a context per thread.
	 */
	public DefaultEventLoopPolicy() {
		this(ContextStrategy.perThread());
	}

	/**
	 * Create the policy.
	 * @param contexts what a context is
	 */
	public DefaultEventLoopPolicy(ContextStrategy contexts) {
		this(contexts, MainThread.find());
	}

	/**
	 * Create the policy, with a context per thread.
	 * @param mainThread the thread whose context is the main one
	 */
	public DefaultEventLoopPolicy(Thread mainThread) {
		this(ContextStrategy.perThread(), Objects.requireNonNull(mainThread, "'mainThread' must not be null"));
	}

	/**
	 * Create the policy.
	 * @param contexts what a context is
	 * @param mainThread the thread whose context is the main one, or {@code null} for
	 * none
	 */
	public DefaultEventLoopPolicy(ContextStrategy contexts, @Nullable Thread mainThread) {
		this.contexts = Objects.requireNonNull(contexts, "'contexts' must not be null");
		this.mainThread = mainThread;
	}

	/**
	 * Set which thread's context is the main one from now on.
	 * @param mainThread the thread, or {@code null} for none
	 */
	public void setMainThread(@Nullable Thread mainThread) {
		this.mainThread = mainThread;
	}

	/**
	 * Set what the selector loops made from now on wait on. Unless told otherwise, it is
	 * what {@linkplain SelectorChoice#auto() suits the system}.
	 * @param selectors makes a selector for each loop
	 */
	public void setSelectors(Supplier<? extends Selector> selectors) {
		this.selectors = Objects.requireNonNull(selectors, "'selectors' must not be null");
	}

	@Override
	public EventLoop getEventLoop() {
		LoopSlot slot = this.contexts.current();
		if (!slot.wasSet() && isMainContext()) {
			createOnDemand(slot);
		}
		EventLoop loop = slot.loop();
		if (loop == null) {
			throw new IllegalStateException(
					"There is no current event loop in thread '%s'; call EventLoops.setEventLoop in it, run your code with EventLoops.run, or in a Spring application inject the EventLoop bean"
						.formatted(Thread.currentThread().getName()));
		}
		return loop;
	}

	@Override
	public void setEventLoop(@Nullable EventLoop loop) {
		LoopSlot slot = this.contexts.current();
		slot.set(loop);
		if (loop != null) {
			this.slots.add(slot);
		}
		else {
			this.slots.remove(slot);
		}
		ChildWatcher existing = this.watcher;
		if (existing != null && isMainContext()) {
			existing.attachLoop(loop);
		}
	}

	/**
	 * Create a loop that belongs to no context yet, and count it.
	 * @return a new loop of {@link #createEventLoop()}
	 */
	@Override
	public EventLoop newEventLoop() {
		return this.count.created(createEventLoop());
	}

	/**
	 * Create the loop that {@link #newEventLoop()} counts and answers. asyncio's loop
	 * factory.
	 * @return a new loop
	 */
	protected EventLoop createEventLoop() {
		return Platform.PROACTOR ? new ProactorEventLoop() : new SelectorEventLoop(newSelector());
	}

	/**
	 * Create what a new selector loop waits on.
	 * @return a selector of {@link #setSelectors}
	 */
	protected Selector newSelector() {
		return this.selectors.get();
	}

	/**
	 * Return the watcher that was set, or one that is made on the first demand.
	 * @return the watcher
	 * @throws UnsupportedOperationException if the loops need none: on Windows, and those
	 * of {@link ProactorEventLoopPolicy}
	 */
	@Override
	public ChildWatcher getChildWatcher() {
		requireChildWatcher();
		ChildWatcher existing = this.watcher;
		if (existing != null) {
			return existing;
		}
		synchronized (this.watcherLock) {
			existing = this.watcher;
			if (existing == null) {
				existing = newChildWatcher();
				this.watcher = existing;
			}
			return existing;
		}
	}

	/**
	 * Set the watcher, and close the one before.
	 * @param newWatcher the watcher, or {@code null} to have one made on the next demand
	 * @throws UnsupportedOperationException if the loops need none: on Windows, and those
	 * of {@link ProactorEventLoopPolicy}
	 */
	@Override
	public void setChildWatcher(@Nullable ChildWatcher newWatcher) {
		requireChildWatcher();
		ChildWatcher previous;
		synchronized (this.watcherLock) {
			previous = this.watcher;
			this.watcher = newWatcher;
		}
		if (previous != null && previous != newWatcher) {
			previous.close();
		}
	}

	/**
	 * Create the watcher that {@link #getChildWatcher()} answers when none was set.
	 * @return a new watcher
	 */
	protected ChildWatcher newChildWatcher() {
		return new ThreadedChildWatcher();
	}

	@Override
	public List<LoopContext> contexts() {
		synchronized (this.slots) {
			return this.slots.stream().map(LoopSlot::context).flatMap(Optional::stream).toList();
		}
	}

	@Override
	public long loopsCreated() {
		return this.count.created();
	}

	@Override
	public long loopsClosed() {
		return this.count.closed();
	}

	boolean hasChildWatcher() {
		return !Platform.PROACTOR;
	}

	private void requireChildWatcher() {
		if (!hasChildWatcher()) {
			throw new UnsupportedOperationException(
					"%s has no child watcher, for its loops need none; use SelectorEventLoopPolicy to choose one"
						.formatted(getClass().getSimpleName()));
		}
	}

	private boolean isMainContext() {
		return this.contexts.isMainContext(Thread.currentThread() == this.mainThread);
	}

	/**
	 * A context may be shared by threads, only one of which is to create its loop.
	 */
	private void createOnDemand(LoopSlot slot) {
		synchronized (slot) {
			if (!slot.wasSet()) {
				logger.warn(
						"There is no current event loop in thread '{}': creating one for {}; "
								+ "call EventLoops.setEventLoop first, or run your code with EventLoops.run",
						Thread.currentThread().getName(), Caller.outsideTheLibrary());
				setEventLoop(newEventLoop());
			}
		}
	}

}
