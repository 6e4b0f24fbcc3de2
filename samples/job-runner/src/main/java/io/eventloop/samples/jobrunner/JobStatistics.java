package io.eventloop.samples.jobrunner;

import java.util.Locale;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

/**
 * Counts what this instance has done.
 */
@Component
class JobStatistics {

	private final MeterRegistry registry;

	private final Counter takeOvers;

	JobStatistics(MeterRegistry registry) {
		this.registry = registry;
		this.takeOvers = Counter.builder("jobs.taken.over")
			.description("Jobs taken over from instances that did not renew their lease")
			.baseUnit("jobs")
			.register(registry);
	}

	void ended(String command, Job.State state) {
		Counter.builder("jobs.finished")
			.description("Attempts that ended on this instance, by their job's state; queued if they were given up")
			.baseUnit("jobs")
			.tag("command", command)
			.tag("state", state.name().toLowerCase(Locale.ROOT))
			.register(this.registry)
			.increment();
	}

	void tookOver() {
		this.takeOvers.increment();
	}

}
