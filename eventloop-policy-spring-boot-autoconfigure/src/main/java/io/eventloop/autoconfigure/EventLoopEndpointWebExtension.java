package io.eventloop.autoconfigure;

import java.util.Set;

import io.eventloop.autoconfigure.EventLoopEndpoint.EventLoopsDescriptor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} of the {@link EventLoopEndpoint}
 * that shows children and dumps to users who may see them, and answers a change of a
 * service that there is not with 404.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = EventLoopEndpoint.class)
public class EventLoopEndpointWebExtension {

	private static final int ACCEPTED = 202;

	private final EventLoopEndpoint delegate;

	private final Show showChildren;

	private final Set<String> roles;

	/**
	 * Create the extension.
	 * @param delegate the endpoint
	 * @param showChildren when to show each child
	 * @param roles the roles of users who may see them; any user may if it is empty
	 */
	public EventLoopEndpointWebExtension(EventLoopEndpoint delegate, Show showChildren, Set<String> roles) {
		this.delegate = delegate;
		this.showChildren = showChildren;
		this.roles = Set.copyOf(roles);
	}

	/**
	 * Describe the event loops.
	 * @param securityContext who asks
	 * @return the current state
	 */
	@ReadOperation
	public EventLoopsDescriptor eventLoops(SecurityContext securityContext) {
		return this.delegate.eventLoops(isShown(securityContext));
	}

	/**
	 * Describe what the loops are doing.
	 * @param securityContext who asks
	 * @param view {@code dump}
	 * @return the dump, or {@code null} if the user may not see it, or another view is
	 * asked for
	 */
	@ReadOperation
	public @Nullable DumpDescriptor dump(SecurityContext securityContext, @Selector String view) {
		return this.delegate.dump(view, isShown(securityContext));
	}

	/**
	 * Start, stop or restart a service. Returns before that is done.
	 * @param view {@code services}
	 * @param name the service's name
	 * @param action what to do
	 * @return the status 202, or 404 if there is no such service
	 */
	@WriteOperation
	public WebEndpointResponse<Void> changeService(@Selector String view, @Selector String name, ServiceAction action) {
		return new WebEndpointResponse<>(
				this.delegate.changeService(view, name, action) ? ACCEPTED : WebEndpointResponse.STATUS_NOT_FOUND);
	}

	private boolean isShown(SecurityContext securityContext) {
		return this.showChildren.isShown(securityContext, this.roles);
	}

}
