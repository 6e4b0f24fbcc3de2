/**
 * What an event loop waits on: descriptors that become ready, a time limit, and a wake-up
 * from another thread.
 */
@NullMarked
package io.eventloop.selector;

import org.jspecify.annotations.NullMarked;
