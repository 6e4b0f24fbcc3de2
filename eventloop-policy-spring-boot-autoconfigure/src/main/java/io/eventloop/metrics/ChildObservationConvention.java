package io.eventloop.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names the observations of children and their keys. A bean of this type replaces the
 * {@link DefaultChildObservationConvention}.
 *
 * @since 0.1.0
 */
public interface ChildObservationConvention extends ObservationConvention<ChildObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ChildObservationContext;
	}

}
