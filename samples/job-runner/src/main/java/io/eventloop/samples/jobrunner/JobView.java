package io.eventloop.samples.jobrunner;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A job as clients see it.
 *
 * @param id its number
 * @param command the command's name
 * @param state its state
 * @param pid the child's process id, while it runs
 * @param returnCode the child's exit code, or the negative number of a signal
 * @param bytesIn number of bytes received of the body
 * @param bytesOut number of bytes that the child has written to its standard output
 * @param startedAt when the child was started
 * @param durationMillis how long the child has been running
 * @param expectedBytes expected size of the body, if the client stated it
 * @param reason why the job finished, if the return code does not show it
 * @param output beginning of a finished job's output, if it is text
 * @param errors beginning of a finished job's standard error, if it is text
 * @param instance the instance that runs it, or ran it last
 * @param attempt how many times it was started, if more than once
 */
record JobView(long id, String command, Job.State state, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long pid,
		@Nullable Integer returnCode, long bytesIn, long bytesOut, @Nullable Instant startedAt,
		@Nullable Long durationMillis, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long expectedBytes,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String output,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String errors,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String instance,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer attempt) {
}
