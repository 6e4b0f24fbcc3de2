package io.eventloop.samples.jobrunner;

import java.io.IOException;

import io.eventloop.ChildRestrictions;
import io.eventloop.client.SubprocessCommand;

import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * The space on the disk that holds the jobs' files, part of which is reserved.
 */
@Component
class DiskSpace {

	private final JobsDirectory directory;

	private final DataSize minFree;

	private final DataSize maxOutput;

	DiskSpace(JobsDirectory directory, JobsProperties properties) {
		this.directory = directory;
		this.minFree = properties.minFreeSpace();
		this.maxOutput = properties.maxOutputSize();
	}

	boolean isShort() {
		return this.directory.path().toFile().getUsableSpace() <= this.minFree.toBytes();
	}

	/**
	 * Keep a command from writing a file into the reserve, if there is less room than it
	 * may use: the database may be on the same disk.
	 * @param command the command
	 * @return the command, restricted if necessary
	 */
	SubprocessCommand protect(SubprocessCommand command) {
		long room = this.directory.path().toFile().getUsableSpace() - this.minFree.toBytes();
		return (room < this.maxOutput.toBytes())
				? command.restrictions(ChildRestrictions.NONE.withFsize(Math.max(1, room)).withCore(0)) : command;
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
