package io.eventloop.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;

/**
 * A handler that keeps the observations of children.
 */
public final class ObservedChildren implements ObservationHandler<ChildObservationContext> {

	private final List<ChildObservationContext> started = new CopyOnWriteArrayList<>();

	private final List<ChildObservationContext> stopped = new CopyOnWriteArrayList<>();

	/**
	 * Return a registry whose observations of children are kept here.
	 */
	public ObservationRegistry registry() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(this);
		return registry;
	}

	public List<ChildObservationContext> started() {
		return this.started;
	}

	public List<ChildObservationContext> stopped() {
		return this.stopped;
	}

	/**
	 * Return the values of a key in the observations that have ended.
	 */
	public List<String> values(String key) {
		return this.stopped.stream()
			.map((child) -> child.getAllKeyValues()
				.stream()
				.filter((pair) -> pair.getKey().equals(key))
				.findFirst()
				.map(KeyValue::getValue)
				.orElse("missing"))
			.toList();
	}

	@Override
	public void onStart(ChildObservationContext context) {
		this.started.add(context);
	}

	@Override
	public void onStop(ChildObservationContext context) {
		this.stopped.add(context);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ChildObservationContext;
	}

}
