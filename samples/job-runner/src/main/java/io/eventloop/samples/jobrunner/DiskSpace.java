package io.eventloop.samples.jobrunner;

import java.io.IOException;

import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * The space on the disk that holds the jobs' files, part of which is reserved.
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
	 * Reject work that needs more space.
	 * @throws JobProblem if there is not enough
	 */
	void require() {
		if (isShort()) {
			throw JobProblem.diskFull(reason());
		}
	}

	/**
	 * Return the problem of a request whose job's file could not be written.
	 * @param failure why
	 * @return the problem of a full disk, if that is the reason
	 */
	JobProblem problem(IOException failure) {
		return isShort() ? JobProblem.diskFull(reason()) : JobProblem.notKept(failure);
	}

	String reason() {
		return "The disk is full: at most %d bytes are left in the jobs' directory (jobs.min-free-space)"
			.formatted(this.minFree.toBytes());
	}

}
