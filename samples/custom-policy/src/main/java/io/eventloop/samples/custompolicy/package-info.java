/**
 * An event loop policy of the application's own.
 */
@NullMarked
package io.eventloop.samples.custompolicy;

import org.jspecify.annotations.NullMarked;
