package io.eventloop.samples.jobrunner;

import java.io.IOException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local files of an attempt while it lasts.
 *
 * @param files the files
 */
record AttemptFiles(JobFiles files) implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(AttemptFiles.class);

	@Override
	public void close() {
		try {
			this.files.delete();
		}
		catch (IOException ex) {
			logger.warn("{} could not be deleted", this.files.directory(), ex);
		}
	}

}
