package io.eventloop.metrics;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.eventloop.ChildListeners;
import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.LoopContext;
import io.eventloop.metrics.EventLoopMeters.Tag;
import io.eventloop.watcher.OrphanReaper;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Registers the meters of a policy's loops and of a watcher's children, as listed by
 * {@link EventLoopMeters}.
 * <p>
 * May be bound before the loops run, and read after they are closed. The series of the
 * loops are updated once a second by the main loop, if there is one, and at once when a
 * loop closes.
 *
 * @since 0.1.0
 */
public final class EventLoopMetrics implements MeterBinder, AutoCloseable {

	/**
	 * Default number of contexts that have a series of their own.
	 */
	public static final int DEFAULT_MAX_CONTEXTS = 100;

	private final EventLoopPolicy policy;

	private final ChildCounts children;

	private final OrphanReaper orphans;

	private final ChildTimers childTimers;

	private final LoopGauges loopGauges;

	private final CallbackTotals callbacks;

	private final @Nullable LagSampler lag;

	private final List<Timer> lagTimers = new CopyOnWriteArrayList<>();

	/**
	 * Create the binder.
	 * @param policy the policy whose loops to measure
	 * @param children the counts of children
	 * @param orphans the reaper of orphans
	 * @param mainLoop the loop whose lag to measure, or {@code null} for none
	 */
	public EventLoopMetrics(EventLoopPolicy policy, ChildCounts children, OrphanReaper orphans,
			@Nullable EventLoop mainLoop) {
		this(policy, children, orphans, mainLoop, DEFAULT_MAX_CONTEXTS, new BoundedNames(BoundedNames.DEFAULT_MAX));
	}

	/**
	 * Create the binder.
	 * @param policy the policy whose loops to measure
	 * @param children the counts of children
	 * @param orphans the reaper of orphans
	 * @param mainLoop the loop whose lag to measure, or {@code null} for none
	 * @param maxContexts how many contexts have a series of their own
	 * @param names the names of children as values of a tag
	 */
	public EventLoopMetrics(EventLoopPolicy policy, ChildCounts children, OrphanReaper orphans,
			@Nullable EventLoop mainLoop, int maxContexts, BoundedNames names) {
		this.policy = policy;
		this.children = children;
		this.orphans = orphans;
		this.childTimers = new ChildTimers(children, names);
		this.loopGauges = new LoopGauges(policy, maxContexts);
		this.callbacks = new CallbackTotals(
				() -> Stream.concat(Stream.ofNullable(mainLoop), policy.contexts().stream().map(LoopContext::loop)));
		this.lag = (mainLoop != null) ? new LagSampler(mainLoop, this::sample, this::lag) : null;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bindLoops(registry);
		bindChildren(registry);
		ChildListeners.remove(this.childTimers);
		ChildListeners.add(this.childTimers);
		if (this.lag != null) {
			this.lagTimers.add(ChildTimers.timer(registry, EventLoopMeters.LAG, Tags.empty()));
			this.lag.start();
		}
	}

	/**
	 * Stop measuring. Counters and timers keep their values; the series of the loops are
	 * removed. A second call does nothing.
	 */
	@Override
	public void close() {
		ChildListeners.remove(this.childTimers);
		this.loopGauges.clear();
		if (this.lag != null) {
			this.lag.stop();
		}
	}

	private void sample() {
		this.callbacks.see();
		this.loopGauges.refresh();
	}

	private void lag(Duration lag) {
		this.lagTimers.forEach((timer) -> timer.record(lag));
	}

	private void bindLoops(MeterRegistry registry) {
		this.loopGauges.bindTo(registry);
		this.callbacks.see();
		counter(EventLoopMeters.LOOPS_CREATED, this.policy, EventLoopPolicy::loopsCreated).register(registry);
		counter(EventLoopMeters.LOOPS_CLOSED, this.policy, EventLoopPolicy::loopsClosed).register(registry);
		counter(EventLoopMeters.CALLBACKS, this.callbacks, CallbackTotals::callbacks).register(registry);
		gauge(EventLoopMeters.CALLBACKS_PENDING, this.callbacks, CallbackTotals::pending).register(registry);
		counter(EventLoopMeters.CALLBACKS_SLOW, this.callbacks, CallbackTotals::slow).register(registry);
	}

	private void bindChildren(MeterRegistry registry) {
		String watcher = this.children.watcherName();
		gauge(EventLoopMeters.CHILDREN_ACTIVE, this.children, ChildCounts::active).tag(Tag.WATCHER.asString(), watcher)
			.register(registry);
		counter(EventLoopMeters.CHILDREN_SPAWNED, this.children, ChildCounts::spawned)
			.tag(Tag.WATCHER.asString(), watcher)
			.register(registry);
		for (ChildOutcome outcome : ChildOutcome.values()) {
			counter(EventLoopMeters.CHILDREN_REAPED, this.children, (counts) -> counts.reaped(outcome))
				.tag(Tag.WATCHER.asString(), watcher)
				.tag(Tag.OUTCOME.asString(), outcome.tag())
				.register(registry);
		}
		counter(EventLoopMeters.CHILDREN_CPU, this.children, ChildCounts::userSeconds).tag(Tag.MODE.asString(), "user")
			.register(registry);
		counter(EventLoopMeters.CHILDREN_CPU, this.children, ChildCounts::systemSeconds)
			.tag(Tag.MODE.asString(), "system")
			.register(registry);
		counter(EventLoopMeters.ORPHANS_REAPED, this.orphans, OrphanReaper::reaped).register(registry);
		this.childTimers.bindTo(registry);
	}

	private static <T> FunctionCounter.Builder<T> counter(EventLoopMeters meter, T source, ToDoubleFunction<T> value) {
		return FunctionCounter.builder(meter.getName(), source, value)
			.description(meter.getDescription())
			.baseUnit(meter.getBaseUnit());
	}

	private static <T> Gauge.Builder<T> gauge(EventLoopMeters meter, T source, ToDoubleFunction<T> value) {
		return Gauge.builder(meter.getName(), source, value)
			.description(meter.getDescription())
			.baseUnit(meter.getBaseUnit());
	}

}
