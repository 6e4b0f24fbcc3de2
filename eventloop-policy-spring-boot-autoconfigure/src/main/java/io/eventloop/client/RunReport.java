package io.eventloop.client;

import java.time.Duration;
import java.util.OptionalLong;

import io.eventloop.ExitStatus;
import io.eventloop.ResourceUsage;
import org.jspecify.annotations.Nullable;

/**
 * What observers are told of a run when it is over.
 *
 * @param outcome how it has ended
 * @param failure what its caller is told, {@code null} for a good result
 * @param pid the child's process id, the last one's of a pipeline; empty if none was
 * started
 * @param status how the program ended, the last one of a pipeline; {@code null} if it was
 * not started, or did not end
 * @param duration from the call to the end
 * @param waited how much of that it waited for a free place
 * @param inputBytes how much this process wrote to it; empty where it was given nothing
 * through a pipe, or is written to by hand
 * @param outputBytes how much this process read from it, standard error included; empty
 * where its output goes elsewhere, or is read by hand
 * @param usage what its programs used, or {@code null} where that is unknown: their
 * processor times together, and the largest peak of memory
 * @since 0.1.0
 */
public record RunReport(RunOutcome outcome, @Nullable Throwable failure, OptionalLong pid, @Nullable ExitStatus status,
		Duration duration, Duration waited, OptionalLong inputBytes, OptionalLong outputBytes,
		@Nullable ResourceUsage usage) {

}
