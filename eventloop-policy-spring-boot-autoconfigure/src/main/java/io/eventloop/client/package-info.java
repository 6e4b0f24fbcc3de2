/**
 * A command in one line: {@link io.eventloop.client.SubprocessClient} runs programs on an
 * event loop, with a deadline over all, bounded output, back-pressure both ways, and a
 * teardown of everything that was started.
 * <p>
 * This package is API.
 */
@NullMarked
package io.eventloop.client;

import org.jspecify.annotations.NullMarked;
