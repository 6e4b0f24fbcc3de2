package io.eventloop.samples.jobrunner;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.util.FileSystemUtils;

/**
 * Where a job's bytes are kept.
 *
 * @param directory a directory of the job's own
 */
record JobFiles(Path directory) {

	/**
	 * Return what the job reads, where it had to wait before it could read.
	 * @return the file
	 */
	File input() {
		return this.directory.resolve("input").toFile();
	}

	File output() {
		return this.directory.resolve("output").toFile();
	}

	File errors() {
		return this.directory.resolve("errors").toFile();
	}

	/**
	 * Return how much the job has written.
	 * @return bytes
	 */
	long written() {
		return output().length() + errors().length();
	}

	void deleteInput() throws IOException {
		Files.deleteIfExists(input().toPath());
	}

	void delete() throws IOException {
		FileSystemUtils.deleteRecursively(this.directory);
	}

}
