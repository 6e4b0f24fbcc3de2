package io.eventloop.samples.jobrunner;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * A command that a client runs, and its progress. <pre>
 * QUEUED ──▶ RUNNING ──▶ SUCCEEDED
 *    │          ├─────▶ FAILED
 *    └──────────┴─────▶ CANCELLED
 * </pre> A job that could not be started goes from {@code QUEUED} to {@code FAILED}. Only
 * the event loop changes a job; any thread may read it.
 */
final class Job {

	private final long id;

	private final Command command;

	private final JobFiles files;

	private final @Nullable Long expectedBytes;

	private final AtomicLong bytesIn = new AtomicLong();

	private final CompletableFuture<Job> end = new CompletableFuture<>();

	private volatile Progress progress = new Progress(State.QUEUED, null, null, null, null, null);

	Job(long id, Command command, JobFiles files, @Nullable Long expectedBytes) {
		this.id = id;
		this.command = command;
		this.files = files;
		this.expectedBytes = expectedBytes;
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

	/**
	 * Return the expected size of the body.
	 * @return bytes, or {@code null} if the client did not state it
	 */
	@Nullable Long expectedBytes() {
		return this.expectedBytes;
	}

	/**
	 * Return an identifier that is unique even among jobs of other service instances with
	 * the same number.
	 * @return the identifier
	 */
	String tag() {
		return this.files.directory().getParent().getFileName() + "-" + this.id;
	}

	long bytesIn() {
		return this.bytesIn.get();
	}

	void received(int bytes) {
		this.bytesIn.addAndGet(bytes);
	}

	Progress progress() {
		return this.progress;
	}

	State state() {
		return this.progress.state();
	}

	/**
	 * Return a future of the job's end, whatever its outcome.
	 * @return completes with the job
	 */
	CompletableFuture<Job> end() {
		return this.end;
	}

	void start(long pid) {
		this.progress = new Progress(State.RUNNING, pid, null, Instant.now(), null, null);
	}

	void finish(State state, @Nullable Integer returnCode, @Nullable String reason) {
		Instant startedAt = this.progress.startedAt();
		Duration duration = (startedAt != null) ? Duration.between(startedAt, Instant.now()) : null;
		this.progress = new Progress(state, null, returnCode, startedAt, duration, reason);
	}

	/**
	 * The state of a job.
	 */
	enum State {

		/** Waits for other jobs to finish, or for its body. */
		QUEUED,

		/** Its child is running. */
		RUNNING,

		/** Its child exited with code 0. */
		SUCCEEDED,

		/** Its child exited otherwise, or could not be started. */
		FAILED,

		/** It was cancelled on request, or because its body is incomplete. */
		CANCELLED;

		boolean isFinal() {
			return this != QUEUED && this != RUNNING;
		}

	}

	/**
	 * The progress of a job.
	 *
	 * @param state its state
	 * @param pid its child's process id, while it runs
	 * @param returnCode its child's exit code, or the negative number of a signal
	 * @param startedAt when its child was started
	 * @param duration how long its child was running
	 * @param reason why it finished, if the return code does not show it
	 */
	record Progress(State state, @Nullable Long pid, @Nullable Integer returnCode, @Nullable Instant startedAt,
			@Nullable Duration duration, @Nullable String reason) {

	}

}
