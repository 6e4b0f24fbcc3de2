package io.eventloop.autoconfigure;

import io.eventloop.supervision.SupervisedProcess;
import io.eventloop.supervision.SupervisionStatus;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * {@link HealthIndicator} of a service: up while it is ready, down when it has failed,
 * and out of service when it is stopped, starts or waits for its next start. Asks no
 * loop.
 *
 * @since 0.1.0
 */
public final class SupervisedProcessHealthIndicator extends AbstractHealthIndicator {

	private final SupervisedProcess service;

	private final Status unstarted;

	/**
	 * Create the indicator.
	 * @param unstarted what one is that was never started
	 */
	SupervisedProcessHealthIndicator(SupervisedProcess service, Status unstarted) {
		super("The health check of service %s failed".formatted(service.name()));
		this.service = service;
		this.unstarted = unstarted;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		SupervisionStatus status = this.service.status();
		switch (status.state()) {
			case READY -> builder.up();
			case FAILED -> builder.down();
			case STARTING, BACKING_OFF -> builder.outOfService();
			case STOPPED -> builder.status((status.generation() == 0) ? this.unstarted : Status.OUT_OF_SERVICE);
		}
		builder.withDetail("state", status.state().tag())
			.withDetail("since", status.since())
			.withDetail("restarts", status.restarts());
		status.lastExit().ifPresent((code) -> builder.withDetail("lastExit", code));
		if (status.problem() != null) {
			builder.withDetail("problem", status.problem());
		}
		if (!status.lastLines().isEmpty()) {
			builder.withDetail("lastLines", status.lastLines());
		}
	}

}
