package io.eventloop.autoconfigure;

import io.eventloop.supervision.SupervisedProcess;
import io.eventloop.supervision.SupervisionStatus;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * {@link HealthIndicator} of a service: up while it is ready, down when it has failed,
 * and out of service when it is stopped, starts or waits for its next start. Asks no
 * loop.
 *
 * @since 0.1.0
 */
public final class SupervisedProcessHealthIndicator extends AbstractHealthIndicator {

	private final SupervisedProcess service;

	SupervisedProcessHealthIndicator(SupervisedProcess service) {
		super("The health check of service %s failed".formatted(service.name()));
		this.service = service;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		SupervisionStatus status = this.service.status();
		switch (status.state()) {
			case READY -> builder.up();
			case FAILED -> builder.down();
			case STARTING, BACKING_OFF, STOPPED -> builder.outOfService();
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
