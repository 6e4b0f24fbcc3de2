/**
 * The event loops. A loop is a ready queue, timers, something that it waits on, and the
 * run that goes round between them; each is a class of its own.
 * <p>
 * This package is API.
 */
@NullMarked
package io.eventloop.loop;

import org.jspecify.annotations.NullMarked;
