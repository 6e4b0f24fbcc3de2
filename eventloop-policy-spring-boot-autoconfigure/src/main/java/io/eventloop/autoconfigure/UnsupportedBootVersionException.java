package io.eventloop.autoconfigure;

/**
 * Thrown where the application runs a version of Spring Boot that the starter was not
 * made for.
 */
final class UnsupportedBootVersionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnsupportedBootVersionException(String version) {
		super("The event loop starter needs Spring Boot 4, and this application runs Spring Boot " + version);
	}

}
