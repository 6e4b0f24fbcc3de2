package io.eventloop.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.eventloop.ChildExit;
import io.eventloop.ChildListener;
import io.eventloop.ChildListeners;
import io.eventloop.ChildWatcher;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation for each child that {@link ChildCounts} counts, from its start to
 * the report of its exit. May be used from any thread.
 * <p>
 * Its parent is the observation that is current in the callback that starts the child:
 * that of the code that asked for the child, if the loop carries its context.
 *
 * @since 0.1.0
 */
public final class ChildObservations implements ChildListener, AutoCloseable {

	private static final ChildObservationConvention DEFAULT_CONVENTION = new DefaultChildObservationConvention();

	private final ChildCounts children;

	private final ObservationRegistry registry;

	private final @Nullable ChildObservationConvention convention;

	private final BoundedNames names;

	private final Map<Long, Observed> running = new ConcurrentHashMap<>();

	private ChildObservations(ChildCounts children, ObservationRegistry registry, BoundedNames names,
			@Nullable ChildObservationConvention convention) {
		this.children = children;
		this.registry = registry;
		this.names = names;
		this.convention = convention;
	}

	/**
	 * Start observing children.
	 * @param children whose children to observe
	 * @param registry what the observations are told to
	 * @param names the names of children as values of a key, so that programs in
	 * temporary folders make no new series without end
	 * @param convention names observations and keys, or {@code null} for the registry's
	 * convention, if it has one, or the default
	 * @return the observations, to be closed
	 */
	public static ChildObservations observe(ChildCounts children, ObservationRegistry registry, BoundedNames names,
			@Nullable ChildObservationConvention convention) {
		ChildObservations observations = new ChildObservations(children, registry, names, convention);
		ChildListeners.add(observations);
		return observations;
	}

	@Override
	public void childSpawned(@Nullable ChildWatcher watcher, long pid, String name, Duration spawnTime) {
		if (!this.children.concerns(watcher)) {
			return;
		}
		ChildObservationContext context = new ChildObservationContext(this.names.of(name), pid);
		Observation observation = ChildObservationDocumentation.CHILD
			.observation(this.convention, DEFAULT_CONVENTION, () -> context, this.registry)
			.start();
		Observed unreported = this.running.put(pid, new Observed(observation, context));
		if (unreported != null) {
			unreported.observation().stop();
		}
	}

	@Override
	public void childReaped(@Nullable ChildWatcher watcher, ChildExit exit, String name, Duration lifetime) {
		Observed child = this.children.concerns(watcher) ? this.running.remove(exit.pid()) : null;
		if (child != null) {
			child.context().setExit(exit);
			child.observation().stop();
		}
	}

	/**
	 * Stop observing. The observations of children that still run end without an outcome.
	 * A second call does nothing.
	 */
	@Override
	public void close() {
		ChildListeners.remove(this);
		this.running.keySet().forEach((pid) -> {
			Observed child = this.running.remove(pid);
			if (child != null) {
				child.observation().stop();
			}
		});
	}

	private record Observed(Observation observation, ChildObservationContext context) {

	}

}
