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
 * @param state what it does
 * @param returnCode how the child ended: its code, or the negative number of a signal
 * @param bytesIn how much of the body was taken
 * @param bytesOut how much the child wrote to its standard output
 * @param startedAt when the child was started
 * @param durationMillis how long the child has run
 * @param expectedBytes how large the body is to be, where the client said it
 * @param reason why the job ended, where the code does not say it
 * @param output how the output of a finished job begins, if that is text
 * @param errors how the standard error of a finished job begins, if that is text
 */
record JobView(long id, String command, Job.State state, @Nullable Integer returnCode, long bytesIn, long bytesOut,
		@Nullable Instant startedAt, @Nullable Long durationMillis,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long expectedBytes,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String output,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String errors) {

	static JobView of(Job job) {
		Job.Progress progress = job.progress();
		boolean over = progress.state().isFinal();
		return new JobView(job.id(), job.command().name(), progress.state(), progress.returnCode(), job.bytesIn(),
				job.files().output().length(), progress.startedAt(), durationMillis(progress), job.expectedBytes(),
				progress.reason(), over ? Preview.of(job.files().output()) : null,
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
