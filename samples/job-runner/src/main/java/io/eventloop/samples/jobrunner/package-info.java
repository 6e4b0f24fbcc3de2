/**
 * A web service that runs real commands on uploaded data.
 */
@NullMarked
package io.eventloop.samples.jobrunner;

import org.jspecify.annotations.NullMarked;
