package io.eventloop.metrics;

import io.eventloop.client.RunReport;
import io.eventloop.metrics.SubprocessObservation.HighCardinality;
import io.eventloop.metrics.SubprocessObservation.LowCardinality;
import io.micrometer.common.KeyValues;

/**
 * The convention that {@link SubprocessObservation} documents.
 *
 * @since 0.1.0
 */
public class DefaultSubprocessObservationConvention implements SubprocessObservationConvention {

	@Override
	public String getName() {
		return SubprocessObservation.RUN.getName();
	}

	@Override
	public String getContextualName(SubprocessObservationContext context) {
		return context.command();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(SubprocessObservationContext context) {
		KeyValues values = KeyValues.of(LowCardinality.COMMAND.withValue(context.command()));
		RunReport report = context.report();
		return (report != null) ? values.and(LowCardinality.OUTCOME.withValue(report.outcome().toString())) : values;
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(SubprocessObservationContext context) {
		KeyValues values = KeyValues.of(HighCardinality.PROGRAM.withValue(context.request().program()));
		RunReport report = context.report();
		if (report == null) {
			return values;
		}
		if (report.pid().isPresent()) {
			values = values.and(HighCardinality.PID.withValue(Long.toString(report.pid().getAsLong())));
		}
		if (report.status() != null) {
			values = values.and(HighCardinality.EXIT_CODE.withValue(Integer.toString(report.status().returnCode())));
		}
		return values;
	}

}
