/**
 * A web service that runs real commands on what people send it.
 */
@NullMarked
package io.eventloop.samples.jobrunner;

import org.jspecify.annotations.NullMarked;
