package io.eventloop.oracle;

/**
 * An error that leaves the loop.
 */
final class Fatal extends InternalError {

	private static final long serialVersionUID = 1L;

}
