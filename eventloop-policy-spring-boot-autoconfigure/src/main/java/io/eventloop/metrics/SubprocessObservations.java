package io.eventloop.metrics;

import java.util.Map;

import io.eventloop.client.RunOutcome;
import io.eventloop.client.RunReport;
import io.eventloop.client.RunRequest;
import io.eventloop.client.SubprocessObserver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of each run: a child of what the thread that asks for it observes.
 *
 * @since 0.1.0
 */
public final class SubprocessObservations implements SubprocessObserver {

	private static final SubprocessObservationConvention DEFAULT_CONVENTION = new DefaultSubprocessObservationConvention();

	private final ObservationRegistry registry;

	private final BoundedNames commands;

	private final @Nullable SubprocessObservationConvention convention;

	private final boolean propagating;

	/**
	 * Create the observer.
	 * @param registry the registry of observations
	 * @param commands the names of commands as values of a tag
	 * @param convention names the observations, {@code null} for the default
	 * @param propagating whether children are given the trace in variables of their
	 * environment, where there is one
	 */
	public SubprocessObservations(ObservationRegistry registry, BoundedNames commands,
			@Nullable SubprocessObservationConvention convention, boolean propagating) {
		this.registry = registry;
		this.commands = commands;
		this.convention = convention;
		this.propagating = propagating;
	}

	@Override
	public @Nullable Run begin(RunRequest request) {
		if (this.registry.isNoop()) {
			return null;
		}
		SubprocessObservationContext context = new SubprocessObservationContext(request,
				this.commands.of(request.command()), this.propagating);
		Observation observation = SubprocessObservation.RUN.observation(this.convention, DEFAULT_CONVENTION,
				() -> context, this.registry);
		return new ObservedRun(observation.start(), context);
	}

	@Override
	public String toString() {
		return "SubprocessObservations";
	}

	/**
	 * A run and its observation.
	 */
	private record ObservedRun(Observation observation, SubprocessObservationContext context) implements Run {

		@Override
		public Map<String, String> environment() {
			Map<String, String> carrier = this.context.getCarrier();
			return (carrier != null) ? carrier : Map.of();
		}

		@Override
		public void ended(RunReport report) {
			this.context.ended(report);
			if (report.failure() != null && report.outcome() != RunOutcome.CANCELLED) {
				this.observation.error(report.failure());
			}
			this.observation.stop();
		}

	}

}
