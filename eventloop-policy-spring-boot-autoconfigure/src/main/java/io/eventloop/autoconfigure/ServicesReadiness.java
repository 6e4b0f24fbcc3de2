package io.eventloop.autoconfigure;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Makes the services members of the group {@code readiness}, unless the application
 * configures that group itself. Comes after Boot's own, which makes the group.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
final class ServicesReadiness implements HealthEndpointGroupsPostProcessor {

	private static final String PROPERTY = "management.endpoint.health.group.readiness";

	private final boolean configured;

	private final String contributor;

	/**
	 * Create the post-processor.
	 * @param contributor the name of the services' contributor
	 */
	ServicesReadiness(Environment environment, String contributor) {
		this.configured = Binder.get(environment).bind(PROPERTY, Bindable.mapOf(String.class, Object.class)).isBound();
		this.contributor = contributor;
	}

	@Override
	public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
		return this.configured ? groups : new ReadinessGroups(groups, this.contributor);
	}

}
