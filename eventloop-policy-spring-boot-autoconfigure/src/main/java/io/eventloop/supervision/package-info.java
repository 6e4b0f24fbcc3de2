/**
 * Children that live as long as the application: a
 * {@link io.eventloop.supervision.SupervisedProcess} starts its program, waits until it
 * is ready, watches it, starts it again when it ends, and gives up when that is of no
 * use.
 * <p>
 * This package is API.
 */
@NullMarked
package io.eventloop.supervision;

import org.jspecify.annotations.NullMarked;
