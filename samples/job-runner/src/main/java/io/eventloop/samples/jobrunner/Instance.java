package io.eventloop.samples.jobrunner;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An instance of the service.
 *
 * @param name its name
 * @param address the URL at which the others reach it
 * @param since when it was started
 * @param seenAt its latest sign of life
 * @param alive whether that was within the lease
 * @param capacity how many jobs it can run at a time
 * @param running how many it runs
 * @param draining whether it takes no more jobs
 */
record Instance(String name, @Nullable String address, Instant since, Instant seenAt, boolean alive, int capacity,
		int running, boolean draining) {
}
