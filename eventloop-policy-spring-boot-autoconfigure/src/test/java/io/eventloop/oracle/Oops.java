package io.eventloop.oracle;

/**
 * An error of the scenario's own.
 */
final class Oops extends RuntimeException {

	private static final long serialVersionUID = 1L;

}
