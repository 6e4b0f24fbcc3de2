package io.eventloop.samples.jobrunner;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import org.springframework.util.FileSystemUtils;

/**
 * The local files of an attempt, or of a body that is being received.
 *
 * @param directory their directory
 */
record JobFiles(Path directory) {

	File input() {
		return this.directory.resolve("received").toFile();
	}

	File output() {
		return this.directory.resolve("output.part").toFile();
	}

	File errors() {
		return this.directory.resolve("errors.part").toFile();
	}

	/**
	 * Return the size of what the attempt has written.
	 * @return bytes
	 */
	long written() {
		return output().length() + errors().length();
	}

	void delete() throws IOException {
		FileSystemUtils.deleteRecursively(this.directory);
	}

}
