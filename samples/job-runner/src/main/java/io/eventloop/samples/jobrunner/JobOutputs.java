package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;

import org.springframework.stereotype.Component;

/**
 * Moves inputs and outputs between the store and the local files of attempts.
 */
@Component
class JobOutputs {

	private static final Path NOTHING = Redirect.DISCARD.file().toPath();

	private final JobsDirectory directory;

	private final BlobStore store;

	JobOutputs(JobsDirectory directory, BlobStore store) {
		this.directory = directory;
		this.store = store;
	}

	AttemptFiles create(Job job) throws IOException {
		return new AttemptFiles(this.directory.create("run-%d-%d".formatted(job.id(), job.attempt())));
	}

	/**
	 * Return the file that an attempt reads.
	 */
	Path input(Attempt attempt) throws IOException, BlobException {
		Job job = attempt.job();
		return (job.input().size() == 0) ? NOTHING
				: this.store.fetch(job.inputKey(), job.input(), attempt.files().input().toPath());
	}

	PendingResult result(Job job, JobFiles files) {
		return new PendingResult(job, files, this.store);
	}

}
