package io.eventloop.metrics;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import io.eventloop.client.RunReport;
import io.eventloop.client.RunRequest;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * The context of the observation of a run. Its carrier is what the run's children are
 * given of the trace, as variables of their environment: a tracing handler writes
 * {@code traceparent} to it, which becomes {@code TRACEPARENT}.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/otel/context/env-carriers/">OpenTelemetry,
 * environment variables as context propagation carriers</a>
 * @since 0.1.0
 */
public class SubprocessObservationContext extends SenderContext<Map<String, String>> {

	private final RunRequest request;

	private final String command;

	private volatile @Nullable RunReport report;

	/**
	 * Create the context.
	 * @param request what is to run
	 * @param command the command's name as the value of a tag
	 * @param propagating whether the children are given the trace
	 */
	public SubprocessObservationContext(RunRequest request, String command, boolean propagating) {
		super((carrier, key, value) -> {
			if (propagating && carrier != null) {
				carrier.put(variable(key), value);
			}
		}, Kind.CLIENT);
		this.request = request;
		this.command = command;
		setCarrier(new HashMap<>());
	}

	private static String variable(String key) {
		return key.toUpperCase(Locale.ROOT).replace('-', '_');
	}

	/**
	 * Return what is to run.
	 * @return the request
	 */
	public RunRequest request() {
		return this.request;
	}

	/**
	 * Return the command's name as the value of a tag, of which there is a limited
	 * number.
	 * @return the name, {@code other} beyond {@code eventloop.metrics.max-programs}
	 */
	public String command() {
		return this.command;
	}

	/**
	 * Return how the run went.
	 * @return the report, or {@code null} while it is not over
	 */
	public @Nullable RunReport report() {
		return this.report;
	}

	void ended(RunReport ended) {
		this.report = ended;
	}

}
