package io.eventloop.metrics;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.eventloop.client.SubprocessClient;
import io.eventloop.client.SubprocessCommand;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The trace that children are given, with a real tracer.
 */
@Timeout(60)
class TracePropagationIT {

	private static final String PRINT = "echo ${TRACEPARENT:-nothing}";

	@RegisterExtension
	private final LoopExtension extension = new LoopExtension(WatcherKind.THREADED);

	private final List<SpanData> spans = new CopyOnWriteArrayList<>();

	private final SdkTracerProvider provider = SdkTracerProvider.builder()
		.addSpanProcessor(SimpleSpanProcessor.create(new CollectingExporter()))
		.build();

	private final ObservationRegistry registry = ObservationRegistry.create();

	@BeforeEach
	void trace() {
		Tracer otel = this.provider.get("test");
		OtelTracer tracer = new OtelTracer(otel, new OtelCurrentTraceContext(), (event) -> {
		});
		OtelPropagator propagator = new OtelPropagator(
				ContextPropagators.create(W3CTraceContextPropagator.getInstance()), otel);
		this.registry.observationConfig()
			.observationHandler(new FirstMatchingCompositeObservationHandler(
					new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
					new DefaultTracingObservationHandler(tracer)));
	}

	@AfterEach
	void close() {
		this.provider.close();
	}

	private SubprocessCommand print(boolean propagating) {
		return SubprocessClient.builder(this.extension.loop())
			.observer(new SubprocessObservations(this.registry, new BoundedNames(10), null, propagating))
			.build()
			.shell(PRINT);
	}

	@Test
	void aChildIsGivenTheTraceOfItsRun() {
		Observation request = Observation.start("request", this.registry);
		String given = request.scoped(() -> print(true).line());
		request.stop();
		assertThat(this.spans).hasSize(2);
		SpanData run = this.spans.get(0);
		SpanData parent = this.spans.get(1);
		assertThat(run.getName()).isEqualTo("sh");
		assertThat(run.getKind()).isEqualTo(SpanKind.CLIENT);
		assertThat(run.getParentSpanId()).isEqualTo(parent.getSpanId());
		assertThat(run.getTraceId()).isEqualTo(parent.getTraceId());
		assertThat(given).matches(traceparentOf(run));
	}

	@Test
	void aRunOutsideOfATraceBeginsOne() {
		String given = print(true).line();
		assertThat(given).matches(traceparentOf(this.spans.get(0)));
	}

	@Test
	void aChildIsGivenNothingUnlessThatIsSwitchedOn() {
		assertThat(print(false).line()).isEqualTo("nothing");
		assertThat(this.spans).hasSize(1);
	}

	@Test
	void theCommandsOwnVariableStays() {
		assertThat(print(true).environment("TRACEPARENT", "own").line()).isEqualTo("own");
	}

	/**
	 * Return what a sampled span is handed on as; the flags may say that its id is
	 * random.
	 */
	private static String traceparentOf(SpanData span) {
		return "00-%s-%s-0[13]".formatted(span.getTraceId(), span.getSpanId());
	}

	private final class CollectingExporter implements SpanExporter {

		@Override
		public CompletableResultCode export(Collection<SpanData> ended) {
			TracePropagationIT.this.spans.addAll(ended);
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode flush() {
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode shutdown() {
			return CompletableResultCode.ofSuccess();
		}

	}

}
