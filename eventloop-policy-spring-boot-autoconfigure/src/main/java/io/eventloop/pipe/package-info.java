/**
 * Pipes on an event loop: transports of descriptors with flow control, and how a protocol
 * is connected to one. An application reaches it through
 * {@link io.eventloop.EventLoop#connectReadPipe} and
 * {@link io.eventloop.EventLoop#connectWritePipe}. Nothing here knows child processes.
 * <p>
 * This package is internal.
 */
@NullMarked
package io.eventloop.pipe;

import org.jspecify.annotations.NullMarked;
