package io.eventloop.samples.jobrunner;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.stereotype.Component;

/**
 * Gauges of the cluster, as this instance read it at its latest heartbeat: a scrape asks
 * no database.
 */
@Component
class ClusterMeters implements MeterBinder {

	private final Cluster cluster;

	private final JobQueue queue;

	private final JobRunner runner;

	private final Leases leases;

	private final Catalogue catalogue;

	ClusterMeters(Cluster cluster, JobQueue queue, JobRunner runner, Leases leases, Catalogue catalogue) {
		this.cluster = cluster;
		this.queue = queue;
		this.runner = runner;
		this.leases = leases;
		this.catalogue = catalogue;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("jobs.instances", this.cluster, Cluster::size)
			.description("Instances that are alive")
			.baseUnit("instances")
			.register(registry);
		Gauge.builder("jobs.capacity", this.cluster, Cluster::capacity)
			.description("Jobs that the instances can run at a time")
			.baseUnit("jobs")
			.register(registry);
		Gauge.builder("jobs.running", this.runner, JobRunner::running)
			.description("Jobs that this instance runs")
			.baseUnit("jobs")
			.register(registry);
		Gauge.builder("jobs.lease.margin", this.leases, Leases::margin)
			.description("Part of the worst lease that is left before its job is killed")
			.register(registry);
		this.catalogue.commands().forEach((command) -> bind(registry, command.name()));
	}

	private void bind(MeterRegistry registry, String command) {
		Gauge.builder("jobs.queued", this.queue, of(command, (state) -> state.length()))
			.description("Jobs that wait, on all instances")
			.baseUnit("jobs")
			.tag("command", command)
			.register(registry);
		TimeGauge
			.builder("jobs.queue.age", this.queue, TimeUnit.MILLISECONDS,
					of(command, (state) -> Duration.between(state.oldest(), Instant.now()).toMillis()))
			.description("Age of the job that has waited longest")
			.tag("command", command)
			.register(registry);
	}

	private static ToDoubleFunction<JobQueue> of(String command, ToDoubleFunction<QueueState> value) {
		return (queue) -> {
			List<QueueState> waiting = queue.waiting();
			return waiting.stream().filter((state) -> state.command().equals(command)).mapToDouble(value).sum();
		};
	}

}
