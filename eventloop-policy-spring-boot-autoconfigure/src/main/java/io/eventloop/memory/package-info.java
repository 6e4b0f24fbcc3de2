/**
 * What goes on when memory runs out: a reserve to let go of, and steps of closing that
 * are all taken, whatever fails. And what holds memory for no longer than its owner: a
 * value for each thread, and a watch over what is collected unclosed.
 * <p>
 * This package is internal.
 */
@NullMarked
package io.eventloop.memory;

import org.jspecify.annotations.NullMarked;
