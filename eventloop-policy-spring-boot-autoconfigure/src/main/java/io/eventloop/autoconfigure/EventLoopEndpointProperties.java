package io.eventloop.autoconfigure;

import java.util.HashSet;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the {@link EventLoopEndpoint}.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("management.endpoint.eventloop")
public class EventLoopEndpointProperties {

	/**
	 * When to show each child process with its program, state, age and tree, and a dump
	 * of what the loops are doing. Arguments are never shown.
	 */
	private Show showChildren = Show.NEVER;

	/**
	 * Roles used to determine whether a user is authorized to be shown child processes.
	 * When empty, all authenticated users are authorized.
	 */
	private final Set<String> roles = new HashSet<>();

	public Show getShowChildren() {
		return this.showChildren;
	}

	public void setShowChildren(Show showChildren) {
		this.showChildren = showChildren;
	}

	public Set<String> getRoles() {
		return this.roles;
	}

}
