package io.eventloop.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when another bean has the name of a service.
 */
final class ServiceNameTakenException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String service;

	ServiceNameTakenException(String service, @Nullable String place) {
		super("The service '%s' cannot be a bean, as another one has that name%s".formatted(service,
				(place != null) ? ": " + place : ""));
		this.service = service;
	}

	String service() {
		return this.service;
	}

}
