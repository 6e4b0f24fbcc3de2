package io.eventloop.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

import io.eventloop.metrics.EventLoopMeters.Tag;
import io.eventloop.supervision.SupervisedProcess;
import io.eventloop.supervision.SupervisedProcesses;
import io.eventloop.supervision.SupervisionListener;
import io.eventloop.supervision.SupervisionState;
import io.eventloop.supervision.SupervisionStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Registers the meters of supervised processes: their states, restarts, uptime and the
 * time that each start takes. May be bound before they are started or after that, and
 * read after they are stopped.
 *
 * @since 0.1.0
 */
public final class SupervisionMetrics implements MeterBinder, AutoCloseable {

	private static final double NANOS_PER_SECOND = 1e9;

	private final SupervisedProcesses processes;

	/**
	 * When those that are starting began to, on the clock of {@link System#nanoTime()}.
	 */
	private final Map<String, Long> starting = new ConcurrentHashMap<>();

	private final List<MeterRegistry> registries = new ArrayList<>();

	/**
	 * How long the last start took of each that was ready before there was a registry.
	 */
	private final Map<String, Duration> early = new HashMap<>();

	private final Object lock = new Object();

	private final SupervisionListener listener = this::stateChanged;

	/**
	 * Create the binder, which times all starts from now on.
	 * @param processes what to measure
	 */
	public SupervisionMetrics(SupervisedProcesses processes) {
		this.processes = processes;
		processes.forEach((process) -> process.addListener(this.listener));
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (SupervisedProcess process : this.processes) {
			Tags tags = Tags.of(Tag.SERVICE.asString(), process.name());
			for (SupervisionState state : SupervisionState.values()) {
				gauge(registry, EventLoopMeters.SERVICES_STATE, tags.and(Tag.STATE.asString(), state.tag()), process,
						(service) -> (service.state() == state) ? 1 : 0);
			}
			FunctionCounter
				.builder(EventLoopMeters.SERVICES_RESTARTS.getName(), process, (service) -> service.status().restarts())
				.description(EventLoopMeters.SERVICES_RESTARTS.getDescription())
				.baseUnit(EventLoopMeters.SERVICES_RESTARTS.getBaseUnit())
				.tags(tags)
				.register(registry);
			gauge(registry, EventLoopMeters.SERVICES_UPTIME, tags, process, SupervisionMetrics::uptime);
			ChildTimers.timer(registry, EventLoopMeters.SERVICES_READY, tags);
		}
		synchronized (this.lock) {
			this.registries.add(registry);
			this.early.forEach((name, took) -> record(registry, name, took));
		}
	}

	private static void gauge(MeterRegistry registry, EventLoopMeters meter, Tags tags, SupervisedProcess process,
			ToDoubleFunction<SupervisedProcess> value) {
		Gauge.builder(meter.getName(), process, value)
			.description(meter.getDescription())
			.baseUnit(meter.getBaseUnit())
			.tags(tags)
			.register(registry);
	}

	private static double uptime(SupervisedProcess process) {
		SupervisionStatus status = process.status();
		if (status.state() != SupervisionState.READY) {
			return 0;
		}
		return Math.max(0, Duration.between(status.since(), Instant.now()).toNanos() / NANOS_PER_SECOND);
	}

	private void stateChanged(SupervisedProcess process, SupervisionState before, SupervisionState now) {
		if (now == SupervisionState.STARTING) {
			this.starting.put(process.name(), System.nanoTime());
			return;
		}
		Long began = this.starting.remove(process.name());
		if (began != null && now == SupervisionState.READY) {
			Duration took = Duration.ofNanos(System.nanoTime() - began);
			recordEverywhere(process.name(), took);
		}
	}

	private void recordEverywhere(String name, Duration took) {
		synchronized (this.lock) {
			if (this.registries.isEmpty()) {
				this.early.put(name, took);
			}
			this.registries.forEach((registry) -> record(registry, name, took));
		}
	}

	private static void record(MeterRegistry registry, String name, Duration took) {
		Timer timer = ChildTimers.timer(registry, EventLoopMeters.SERVICES_READY,
				Tags.of(Tag.SERVICE.asString(), name));
		timer.record(took);
	}

	/**
	 * Time no more starts. The meters keep their values. A second call does nothing.
	 */
	@Override
	public void close() {
		this.processes.forEach((process) -> process.removeListener(this.listener));
	}

}
