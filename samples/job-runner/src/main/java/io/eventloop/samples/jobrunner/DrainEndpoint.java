package io.eventloop.samples.jobrunner;

import java.util.Map;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.stereotype.Component;

/**
 * Drains this instance, before it is stopped or replaced: it takes no more jobs, and
 * gives back those that do not finish within {@code jobs.drain}. The answer comes at
 * once; the service goes on answering.
 */
@Component
@Endpoint(id = "drain")
class DrainEndpoint {

	private final JobsLifecycle lifecycle;

	private final JobRunner runner;

	private final Background background;

	private final Cluster cluster;

	DrainEndpoint(JobsLifecycle lifecycle, JobRunner runner, Background background, Cluster cluster) {
		this.lifecycle = lifecycle;
		this.runner = runner;
		this.background = background;
		this.cluster = cluster;
	}

	@WriteOperation
	Map<String, Object> drain() {
		if (!this.cluster.isDraining()) {
			this.cluster.drain();
			this.background.run(this.lifecycle::drain);
		}
		return Map.of("instance", this.cluster.name(), "draining", true, "running", this.runner.running());
	}

}
