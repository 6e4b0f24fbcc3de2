package io.eventloop.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names the observation of a run, and gives it its key values. A bean of this type
 * replaces {@link DefaultSubprocessObservationConvention}. Asked when the observation
 * starts, where {@link SubprocessObservationContext#report()} is {@code null}, and when
 * it stops.
 * <p>
 * Low-cardinality key values become tags of meters: for these use
 * {@link SubprocessObservationContext#command()}, whose number is limited.
 *
 * @since 0.1.0
 */
public interface SubprocessObservationConvention extends ObservationConvention<SubprocessObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof SubprocessObservationContext;
	}

}
