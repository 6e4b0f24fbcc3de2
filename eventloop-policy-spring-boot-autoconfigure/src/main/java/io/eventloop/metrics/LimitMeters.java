package io.eventloop.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.eventloop.client.ConcurrencyLimit;
import io.eventloop.metrics.EventLoopMeters.Tag;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The meters of limits that have a name: the first limit of each name, for a bounded
 * number of names. Holds the limits, which meters do not.
 */
final class LimitMeters {

	private final BoundedNames names;

	private final Map<String, ConcurrencyLimit> limits = new LinkedHashMap<>();

	private final List<MeterRegistry> registries = new ArrayList<>(1);

	LimitMeters(BoundedNames names) {
		this.names = names;
	}

	/**
	 * Measure a limit, unless it has no name or its name is taken.
	 */
	synchronized void add(ConcurrencyLimit limit) {
		String name = limit.name();
		if (name == null || this.limits.containsKey(name) || !this.names.of(name).equals(name)) {
			return;
		}
		this.limits.put(name, limit);
		this.registries.forEach((registry) -> bind(registry, name, limit));
	}

	synchronized void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
		this.limits.forEach((name, limit) -> bind(registry, name, limit));
	}

	private static void bind(MeterRegistry registry, String name, ConcurrencyLimit limit) {
		gauge(registry, EventLoopMeters.SUBPROCESS_LIMIT, name, limit, ConcurrencyLimit::max);
		gauge(registry, EventLoopMeters.SUBPROCESS_LIMIT_RUNNING, name, limit, ConcurrencyLimit::running);
		gauge(registry, EventLoopMeters.SUBPROCESS_LIMIT_QUEUED, name, limit, ConcurrencyLimit::queued);
		EventLoopMeters rejected = EventLoopMeters.SUBPROCESS_LIMIT_REJECTED;
		FunctionCounter.builder(rejected.getName(), limit, ConcurrencyLimit::rejected)
			.description(rejected.getDescription())
			.baseUnit(rejected.getBaseUnit())
			.tag(Tag.LIMIT.asString(), name)
			.register(registry);
	}

	private static void gauge(MeterRegistry registry, EventLoopMeters meter, String name, ConcurrencyLimit limit,
			ToDoubleFunction<ConcurrencyLimit> value) {
		Gauge.builder(meter.getName(), limit, value)
			.description(meter.getDescription())
			.baseUnit(meter.getBaseUnit())
			.tag(Tag.LIMIT.asString(), name)
			.register(registry);
	}

}
