/**
 * The selectors, which an event loop waits on: for ready descriptors, a timeout, or a
 * wake-up from another thread.
 * <p>
 * This package is API.
 */
@NullMarked
package io.eventloop.selector;

import org.jspecify.annotations.NullMarked;
