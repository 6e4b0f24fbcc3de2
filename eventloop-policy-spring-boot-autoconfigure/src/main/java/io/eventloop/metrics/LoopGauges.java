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
 * A series of {@link EventLoopMeters#LOOPS} for each context that has an open loop. A
 * context's series is added by {@link #refresh()}, and removed when its loop closes. The
 * contexts that are seen first have their own names for good; all others together are
 * {@value BoundedNames#OTHER}, however many come and go.
 */
final class LoopGauges {

	private final EventLoopPolicy policy;

	private final BoundedNames names;

	private final String policyName;

	private final Map<MeterRegistry, MultiGauge> gauges = new ConcurrentHashMap<>();

	private final Set<EventLoop> watched = Collections.newSetFromMap(new WeakHashMap<>());

	private Set<String> contexts = Set.of();

	LoopGauges(EventLoopPolicy policy, int maxContexts) {
		this.policy = policy;
		this.names = new BoundedNames(maxContexts);
		String simpleName = policy.getClass().getSimpleName();
		this.policyName = simpleName.isEmpty() ? policy.getClass().getName() : simpleName;
	}

	synchronized void bindTo(MeterRegistry registry) {
		this.gauges.computeIfAbsent(registry, this::gauge);
		this.contexts = Set.of();
		refresh();
	}

	/**
	 * Update the series to the contexts that exist now.
	 */
	synchronized void refresh() {
		openContexts().map(LoopContext::loop)
			.filter(this.watched::add)
			.forEach((loop) -> loop.addCloseListener(this::refresh));
		Set<String> names = openContexts().map(this::name).collect(Collectors.toCollection(TreeSet::new));
		if (!names.equals(this.contexts)) {
			this.contexts = names;
			show(names);
		}
	}

	/**
	 * Remove all series.
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

	private String name(LoopContext context) {
		return this.names.of(context.name());
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
