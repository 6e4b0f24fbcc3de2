package io.eventloop.samples.jobrunner;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.util.FileSystemUtils;

/**
 * The files of a job.
 *
 * @param directory the job's directory
 */
record JobFiles(Path directory) {

	/**
	 * Return the file with the job's input, if the job had to wait in the queue.
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
	 * Return the size of the job's output.
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
