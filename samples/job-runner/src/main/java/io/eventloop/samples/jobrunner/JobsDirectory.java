package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * The directory that holds the files of all jobs, as long as the service runs.
 */
@Component
class JobsDirectory implements DisposableBean {

	private final Path path;

	JobsDirectory(JobsProperties properties) throws IOException {
		Path parent = properties.directory();
		this.path = (parent != null) ? Files.createTempDirectory(Files.createDirectories(parent), "jobs-")
				: Files.createTempDirectory("jobs-");
	}

	JobFiles create(long id) throws IOException {
		return new JobFiles(Files.createDirectory(this.path.resolve(Long.toString(id))));
	}

	@Override
	public void destroy() throws IOException {
		FileSystemUtils.deleteRecursively(this.path);
	}

}
