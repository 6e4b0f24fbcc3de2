/**
 * An application with its own event loop policy.
 */
@NullMarked
package io.eventloop.samples.custompolicy;

import org.jspecify.annotations.NullMarked;
