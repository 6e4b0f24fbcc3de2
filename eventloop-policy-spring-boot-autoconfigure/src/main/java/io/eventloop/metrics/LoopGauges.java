package io.eventloop.metrics;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.LoopContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;

/**
 * A series of {@link EventLoopMeters#LOOPS} for each context that has an open loop. The
 * series of a context goes when its loop closes, and comes with the next
 * {@link #refresh()}. Names are given out to the contexts that are seen first, and never
 * taken back: all others together are {@value #OTHER}, however many come and go.
 */
final class LoopGauges {

	private static final String OTHER = "other";

	private final EventLoopPolicy policy;

	private final int maxContexts;

	private final Set<String> known = ConcurrentHashMap.newKeySet();

	private final String policyName;

	private final Map<MeterRegistry, MultiGauge> gauges = new ConcurrentHashMap<>();

	private final Set<EventLoop> watched = Collections.newSetFromMap(new WeakHashMap<>());

	private Set<String> contexts = Set.of();

	LoopGauges(EventLoopPolicy policy, int maxContexts) {
		this.policy = policy;
		this.maxContexts = maxContexts;
		String simpleName = policy.getClass().getSimpleName();
		this.policyName = simpleName.isEmpty() ? policy.getClass().getName() : simpleName;
	}

	synchronized void bindTo(MeterRegistry registry) {
		this.gauges.computeIfAbsent(registry, this::gauge);
		this.contexts = Set.of();
		refresh();
	}

	/**
	 * Bring the series in line with the contexts there are now.
	 */
	synchronized void refresh() {
		openContexts().map(LoopContext::loop)
			.filter(this.watched::add)
			.forEach((loop) -> loop.addCloseListener(this::refresh));
		openContexts().forEach(this::admit);
		Set<String> names = openContexts().map(this::name).collect(Collectors.toCollection(TreeSet::new));
		if (!names.equals(this.contexts)) {
			this.contexts = names;
			show(names);
		}
	}

	/**
	 * Take all series away.
	 */
	synchronized void clear() {
		show(Set.of());
		this.gauges.clear();
	}

	private void show(Set<String> names) {
		for (MultiGauge gauge : this.gauges.values()) {
			gauge.register(names.stream().map(this::row).toList(), true);
		}
	}

	private Row<?> row(String context) {
		Tags tags = Tags.of(EventLoopMeters.Tag.CONTEXT.asString(), context, EventLoopMeters.Tag.POLICY.asString(),
				this.policyName);
		return Row.of(tags, this.policy,
				(policy) -> openContexts().filter((open) -> name(open).equals(context)).count());
	}

	private void admit(LoopContext context) {
		if (this.known.size() < this.maxContexts) {
			this.known.add(context.name());
		}
	}

	private String name(LoopContext context) {
		return this.known.contains(context.name()) ? context.name() : OTHER;
	}

	private Stream<LoopContext> openContexts() {
		return this.policy.contexts().stream().filter((context) -> !context.loop().isClosed());
	}

	private MultiGauge gauge(MeterRegistry registry) {
		return MultiGauge.builder(EventLoopMeters.LOOPS.getName())
			.description(EventLoopMeters.LOOPS.getDescription())
			.baseUnit(EventLoopMeters.LOOPS.getBaseUnit())
			.register(registry);
	}

}
