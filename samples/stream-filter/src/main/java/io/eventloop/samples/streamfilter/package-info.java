/**
 * A web service whose requests flow through commands.
 */
@NullMarked
package io.eventloop.samples.streamfilter;

import org.jspecify.annotations.NullMarked;
