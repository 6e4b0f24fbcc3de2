package io.eventloop.samples.jobrunner;

import java.io.File;
import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * What an attempt has written, on its way to the store. Nothing is stored of what is
 * empty.
 */
final class PendingResult {

	private final Job job;

	private final JobFiles files;

	private final BlobStore store;

	private @Nullable Result result;

	private boolean outputStored;

	private boolean errorsStored;

	PendingResult(Job job, JobFiles files, BlobStore store) {
		this.job = job;
		this.files = files;
		this.store = store;
	}

	/**
	 * Store what is not stored yet. May be called again after a failure.
	 * @return what was written
	 * @throws IOException if the store is away
	 */
	Result store() throws IOException {
		Result written = this.result;
		if (written == null) {
			written = new Result(Digests.of(this.files.output().toPath()), Digests.of(this.files.errors().toPath()),
					Preview.of(this.files.output()), Preview.of(this.files.errors()));
			this.result = written;
		}
		this.outputStored = this.outputStored || put(this.job.outputKey(), this.files.output(), written.output());
		this.errorsStored = this.errorsStored || put(this.job.errorsKey(), this.files.errors(), written.errors());
		return written;
	}

	private boolean put(String key, File file, Blob blob) throws IOException {
		if (blob.size() > 0) {
			this.store.put(key, file.toPath());
		}
		return true;
	}

}
