package io.eventloop.samples.jobrunner;

import java.time.Duration;
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
 */
record JobView(long id, String command, Job.State state, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long pid,
		@Nullable Integer returnCode, long bytesIn, long bytesOut, @Nullable Instant startedAt,
		@Nullable Long durationMillis, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long expectedBytes,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String output,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String errors) {

	static JobView of(Job job) {
		Job.Progress progress = job.progress();
		boolean over = progress.state().isFinal();
		return new JobView(job.id(), job.command().name(), progress.state(), progress.pid(), progress.returnCode(),
				job.bytesIn(), job.files().output().length(), progress.startedAt(), durationMillis(progress),
				job.expectedBytes(), progress.reason(), over ? Preview.of(job.files().output()) : null,
				over ? Preview.of(job.files().errors()) : null);
	}

	private static @Nullable Long durationMillis(Job.Progress progress) {
		if (progress.startedAt() == null) {
			return null;
		}
		Duration duration = progress.duration();
		return ((duration != null) ? duration : Duration.between(progress.startedAt(), Instant.now())).toMillis();
	}

}
