package io.eventloop.autoconfigure;

import java.time.Duration;

import io.eventloop.EventLoop;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * {@link HealthIndicator} of the main event loop: down when it has died, was stopped or
 * hangs in a callback.
 *
 * @since 0.1.0
 */
public final class EventLoopHealthIndicator extends AbstractHealthIndicator {

	private final EventLoop loop;

	private final LoopCondition condition;

	EventLoopHealthIndicator(EventLoop loop, LoopCondition condition) {
		super("The health check of the main event loop failed");
		this.loop = loop;
		this.condition = condition;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		Duration lag = this.condition.lag();
		if (lag != null) {
			builder.withDetail("lag", lag.toMillis() + "ms");
		}
		String problem = problem();
		if (problem != null) {
			builder.down().withDetail("reason", problem);
		}
		else {
			builder.up();
		}
	}

	private @Nullable String problem() {
		if (this.condition.isDead()) {
			return "The main event loop died, as the log says; restart the application";
		}
		if (this.condition.isHanging()) {
			return "A callback blocks the main event loop, as the log says";
		}
		return this.loop.whyRetired();
	}

}
