package io.eventloop.samples.jobrunner;

import java.io.IOException;

import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * The space on the disk that keeps the jobs' files, some of which is left to others.
 */
@Component
class DiskSpace {

	private final JobsDirectory directory;

	private final DataSize minFree;

	DiskSpace(JobsDirectory directory, JobsProperties properties) {
		this.directory = directory;
		this.minFree = properties.minFreeSpace();
	}

	boolean isShort() {
		return this.directory.path().toFile().getUsableSpace() <= this.minFree.toBytes();
	}

	/**
	 * Refuse what would need more.
	 * @throws JobProblem if there is not enough
	 */
	void require() {
		if (isShort()) {
			throw JobProblem.diskFull(reason());
		}
	}

	/**
	 * Return the problem of a request whose job has got no file.
	 * @param failure why
	 * @return a full disk, if that is why
	 */
	JobProblem problem(IOException failure) {
		return isShort() ? JobProblem.diskFull(reason()) : JobProblem.notKept(failure);
	}

	String reason() {
		return "The disk is full: %d bytes or less are left where jobs are kept (jobs.min-free-space)"
			.formatted(this.minFree.toBytes());
	}

}
