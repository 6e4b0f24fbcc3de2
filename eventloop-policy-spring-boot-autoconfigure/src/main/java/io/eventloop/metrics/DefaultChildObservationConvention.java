package io.eventloop.metrics;

import java.util.Objects;

import io.eventloop.ChildExit;
import io.eventloop.metrics.ChildObservationDocumentation.HighCardinalityKey;
import io.eventloop.metrics.ChildObservationDocumentation.LowCardinalityKey;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * The names and keys that {@link ChildObservationDocumentation} lists.
 *
 * @since 0.1.0
 */
public class DefaultChildObservationConvention implements ChildObservationConvention {

	@Override
	public String getName() {
		return Objects.requireNonNull(ChildObservationDocumentation.CHILD.getName());
	}

	@Override
	public String getContextualName(ChildObservationContext context) {
		return "child " + context.getChildName();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ChildObservationContext context) {
		return KeyValues.of(LowCardinalityKey.NAME.withValue(context.getChildName()),
				LowCardinalityKey.OUTCOME.withValue(outcome(context)));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ChildObservationContext context) {
		ChildExit exit = context.getExit();
		String exitCode = (exit != null) ? String.valueOf(exit.returnCode()) : KeyValue.NONE_VALUE;
		return KeyValues.of(HighCardinalityKey.PID.withValue(String.valueOf(context.getPid())),
				HighCardinalityKey.EXIT_CODE.withValue(exitCode));
	}

	private static String outcome(ChildObservationContext context) {
		ChildExit exit = context.getExit();
		return (exit != null) ? ChildOutcome.of(exit.status()).tag() : KeyValue.NONE_VALUE;
	}

}
