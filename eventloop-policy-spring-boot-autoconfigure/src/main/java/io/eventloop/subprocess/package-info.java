/**
 * Child processes on an event loop: spawning, pipe transports with flow control, streams,
 * and the order in which a protocol is told.
 * <p>
 * This package is internal.
 */
@NullMarked
package io.eventloop.subprocess;

import org.jspecify.annotations.NullMarked;
