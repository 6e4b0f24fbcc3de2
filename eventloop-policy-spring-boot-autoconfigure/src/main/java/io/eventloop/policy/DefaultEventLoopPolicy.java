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
 * The default policy: a selector loop per thread, and {@link ThreadedChildWatcher} as the
 * child watcher; on Windows, proactor loops, which need none. Designed to be subclassed:
 * override what should differ, and call {@code super} for the rest.
 * <p>
 * <b>On demand.</b> Only the <em>main</em> context gets a loop when it asks for one and
 * none was ever set; a line in the log names the caller. The loop is created with
 * {@link #newEventLoop()} and set with {@link #setEventLoop}, which a subclass may
 * override. In all other contexts, and after {@code setEventLoop(null)},
 * {@link #getEventLoop()} throws.
 * <p>
 * <b>The main context</b> is that of the JVM's main thread, unless
 * {@linkplain #setMainThread set otherwise}. Setting its loop attaches the child watcher,
 * if it exists, to that loop.
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
	 * @param contexts defines the contexts
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
	 * @param contexts defines the contexts
	 * @param mainThread the thread whose context is the main one, or {@code null} for
	 * none
	 */
	public DefaultEventLoopPolicy(ContextStrategy contexts, @Nullable Thread mainThread) {
		this.contexts = Objects.requireNonNull(contexts, "'contexts' must not be null");
		this.mainThread = mainThread;
	}

	/**
	 * Set the thread whose context is the main one.
	 * @param mainThread the thread, or {@code null} for none
	 */
	public void setMainThread(@Nullable Thread mainThread) {
		this.mainThread = mainThread;
	}

	/**
	 * Set the selectors of selector loops that are created from now on. The default is
	 * {@link SelectorChoice#auto()}.
	 * @param selectors creates a selector for each loop
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
	 * Create the loop that {@link #newEventLoop()} counts and returns. This is asyncio's
	 * loop factory.
	 * @return a new loop
	 */
	protected EventLoop createEventLoop() {
		return Platform.suitsProactor() ? new ProactorEventLoop() : new SelectorEventLoop(newSelector());
	}

	/**
	 * Create the selector of a new selector loop.
	 * @return a selector of {@link #setSelectors}
	 */
	protected Selector newSelector() {
		return this.selectors.get();
	}

	/**
	 * Return the watcher that was set, or one that is created when it is first needed.
	 * @return the watcher
	 * @throws UnsupportedOperationException if the loops need none: on Windows, and for
	 * {@link ProactorEventLoopPolicy}
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
	 * Set the watcher, and close the previous one.
	 * @param newWatcher the watcher, or {@code null} to create one when it is next needed
	 * @throws UnsupportedOperationException if the loops need none: on Windows, and for
	 * {@link ProactorEventLoopPolicy}
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
	 * Create the watcher that {@link #getChildWatcher()} returns if none was set.
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
		return !Platform.suitsProactor();
	}

	private void requireChildWatcher() {
		if (!hasChildWatcher()) {
			throw new UnsupportedOperationException(
					"%s has no child watcher, because its loops need none; use SelectorEventLoopPolicy to choose one"
						.formatted(getClass().getSimpleName()));
		}
	}

	private boolean isMainContext() {
		return this.contexts.isMainContext(Thread.currentThread() == this.mainThread);
	}

	/**
	 * Create the loop of a context, which threads may share: only one of them creates it.
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
