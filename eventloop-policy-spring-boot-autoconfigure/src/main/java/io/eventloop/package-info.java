/**
 * The contracts: event loops, the policy that hands them out, child watchers and
 * subprocesses, and the {@link io.eventloop.EventLoops} facade over them. Names are
 * asyncio's in Java's spelling.
 * <p>
 * Nothing in this package knows how a loop waits, how a child is spawned, or Spring.
 * <p>
 * This package is API and SPI.
 *
 * @see <a href="https://docs.python.org/3.12/library/asyncio-policy.html">asyncio,
 * Policies</a>
 */
@NullMarked
package io.eventloop;

import org.jspecify.annotations.NullMarked;
