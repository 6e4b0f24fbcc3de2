package io.eventloop.samples.jobrunner;

import java.time.Instant;

/**
 * The jobs of a command that wait.
 *
 * @param command the command's name
 * @param length how many
 * @param oldest when the oldest was added
 */
record QueueState(String command, long length, Instant oldest) {
}
