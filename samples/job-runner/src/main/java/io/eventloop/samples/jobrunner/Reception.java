package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * The body of a job, which is counted, limited and kept in a file until it is whole.
 */
final class Reception implements BodySink {

	private final long id;

	private final Command command;

	private final JobFiles files;

	private final DataSize limit;

	private final DiskSpace space;

	private final Listener listener;

	private final MessageDigest digest = Digests.create();

	private final Upload upload;

	private @Nullable OutputStream out;

	private volatile long bytesIn;

	Reception(long id, Command command, JobFiles files, DataSize limit, DiskSpace space, Upload upload,
			Listener listener) {
		this.id = id;
		this.command = command;
		this.files = files;
		this.limit = limit;
		this.space = space;
		this.upload = upload;
		this.listener = listener;
	}

	long id() {
		return this.id;
	}

	Command command() {
		return this.command;
	}

	JobFiles files() {
		return this.files;
	}

	Upload upload() {
		return this.upload;
	}

	long bytesIn() {
		return this.bytesIn;
	}

	/**
	 * Return what was received, once it is whole.
	 * @return its size and digest
	 */
	Blob blob() {
		return (this.bytesIn > 0) ? new Blob(this.bytesIn, Digests.hex(this.digest)) : Blob.EMPTY;
	}

	@Override
	public CompletionStage<?> take(byte[] chunk) {
		try {
			write(chunk);
			return CompletableFuture.completedFuture(null);
		}
		catch (JobProblem ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private void write(byte[] chunk) {
		this.bytesIn += chunk.length;
		if (this.bytesIn > this.limit.toBytes()) {
			throw JobProblem.bodyTooLarge(this.limit);
		}
		this.space.require();
		try {
			if (this.out == null) {
				this.out = Files.newOutputStream(this.files.input().toPath(), StandardOpenOption.CREATE_NEW);
			}
			this.out.write(chunk);
			this.digest.update(chunk);
		}
		catch (IOException ex) {
			throw this.space.problem(ex);
		}
	}

	@Override
	public void end() {
		close();
		this.listener.whole(this);
	}

	@Override
	public void fail(JobProblem problem) {
		close();
		this.listener.broken(this, problem);
	}

	private void close() {
		try {
			if (this.out != null) {
				this.out.close();
			}
		}
		catch (IOException ex) {
			// What is missing is found by the digest
		}
	}

	/**
	 * Is told what becomes of a body.
	 */
	interface Listener {

		void whole(Reception reception);

		void broken(Reception reception, JobProblem problem);

	}

}
