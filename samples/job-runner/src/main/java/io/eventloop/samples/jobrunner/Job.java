package io.eventloop.samples.jobrunner;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * A command that somebody had run, and how far it is. <pre>
 * QUEUED ──▶ RUNNING ──▶ SUCCEEDED
 *    │          ├─────▶ FAILED
 *    └──────────┴─────▶ CANCELLED
 * </pre> A job that could not be started goes from {@code QUEUED} to {@code FAILED}. The
 * event loop moves a job on; any thread may look.
 */
final class Job {

	private final long id;

	private final Command command;

	private final JobFiles files;

	private final @Nullable Long expectedBytes;

	private final AtomicLong bytesIn = new AtomicLong();

	private final CompletableFuture<Job> end = new CompletableFuture<>();

	private volatile Progress progress = new Progress(State.QUEUED, null, null, null, null);

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
	 * Return how large the body is to be.
	 * @return bytes, or {@code null} if the client did not say
	 */
	@Nullable Long expectedBytes() {
		return this.expectedBytes;
	}

	/**
	 * Return what tells this job from others, also from those that other services have
	 * given its number.
	 * @return a word
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
	 * Return the future of the end, whatever end it is.
	 * @return completes with the job
	 */
	CompletableFuture<Job> end() {
		return this.end;
	}

	void start() {
		this.progress = new Progress(State.RUNNING, null, Instant.now(), null, null);
	}

	void finish(State state, @Nullable Integer returnCode, @Nullable String reason) {
		Instant startedAt = this.progress.startedAt();
		Duration duration = (startedAt != null) ? Duration.between(startedAt, Instant.now()) : null;
		this.progress = new Progress(state, returnCode, startedAt, duration, reason);
	}

	/**
	 * What a job does.
	 */
	enum State {

		/** Waits for others to end, or for its body. */
		QUEUED,

		/** Its child runs. */
		RUNNING,

		/** Its child ended with 0. */
		SUCCEEDED,

		/** Its child ended otherwise, or could not be started. */
		FAILED,

		/** Somebody, or the lack of a whole body, ended it. */
		CANCELLED;

		boolean isFinal() {
			return this != QUEUED && this != RUNNING;
		}

	}

	/**
	 * How far a job is.
	 *
	 * @param state what it does
	 * @param returnCode how its child ended: the code, or the negative number of a signal
	 * @param startedAt when its child was started
	 * @param duration how long its child ran
	 * @param reason why it ended, where the code does not say it
	 */
	record Progress(State state, @Nullable Integer returnCode, @Nullable Instant startedAt, @Nullable Duration duration,
			@Nullable String reason) {

	}

}
