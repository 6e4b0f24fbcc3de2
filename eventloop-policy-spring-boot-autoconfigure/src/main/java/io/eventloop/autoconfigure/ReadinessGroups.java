package io.eventloop.autoconfigure;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.AdditionalPathsMapper;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;

/**
 * Health groups whose {@code readiness} is that of {@link ReadinessGroup}, and whose
 * others are as they were. Maps additional paths, as Boot's do.
 */
final class ReadinessGroups implements HealthEndpointGroups, AdditionalPathsMapper {

	private static final String READINESS = "readiness";

	private final HealthEndpointGroups groups;

	private final @Nullable HealthEndpointGroup readiness;

	ReadinessGroups(HealthEndpointGroups groups, String contributor) {
		this.groups = groups;
		HealthEndpointGroup found = groups.get(READINESS);
		this.readiness = (found != null) ? new ReadinessGroup(found, contributor) : null;
	}

	@Override
	public HealthEndpointGroup getPrimary() {
		return this.groups.getPrimary();
	}

	@Override
	public Set<String> getNames() {
		return this.groups.getNames();
	}

	@Override
	public @Nullable HealthEndpointGroup get(String name) {
		return name.equals(READINESS) ? this.readiness : this.groups.get(name);
	}

	@Override
	public @Nullable List<String> getAdditionalPaths(EndpointId endpointId, WebServerNamespace webServerNamespace) {
		return (this.groups instanceof AdditionalPathsMapper paths)
				? paths.getAdditionalPaths(endpointId, webServerNamespace) : null;
	}

}
