package io.eventloop.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;

/**
 * Boot's group {@code readiness}, with a contributor of ours as a further member.
 */
final class ReadinessGroup implements HealthEndpointGroup {

	private final HealthEndpointGroup group;

	private final String contributor;

	ReadinessGroup(HealthEndpointGroup group, String contributor) {
		this.group = group;
		this.contributor = contributor;
	}

	@Override
	public boolean isMember(String name) {
		return name.equals(this.contributor) || name.startsWith(this.contributor + "/") || this.group.isMember(name);
	}

	@Override
	public boolean showComponents(SecurityContext securityContext) {
		return this.group.showComponents(securityContext);
	}

	@Override
	public boolean showDetails(SecurityContext securityContext) {
		return this.group.showDetails(securityContext);
	}

	@Override
	public StatusAggregator getStatusAggregator() {
		return this.group.getStatusAggregator();
	}

	@Override
	public HttpCodeStatusMapper getHttpCodeStatusMapper() {
		return this.group.getHttpCodeStatusMapper();
	}

	@Override
	public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
		return this.group.getAdditionalPath();
	}

}
