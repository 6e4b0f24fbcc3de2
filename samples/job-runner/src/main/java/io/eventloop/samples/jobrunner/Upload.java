package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

import io.eventloop.EventLoop;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request whose body is being received. However slowly the client sends the body or the
 * sink accepts it, no thread is blocked. The body is read in the container's threads, one
 * at a time. If the sink needs a pause, reading stops, and the container is asked to
 * dispatch the request again when the sink is ready.
 * <p>
 * A client may be answered before it has sent its whole body. The rest is then received
 * and dropped, up to a limit, because a client that is still sending when the connection
 * is closed might not read the answer.
 */
final class Upload implements ReadListener {

	private static final Logger logger = LoggerFactory.getLogger(Upload.class);

	/** The limit that Tomcat itself has. */
	private static final int DROPPED_LIMIT = 2 * 1024 * 1024;

	private static final int CHUNK = 8 * 1024;

	private final EventLoop loop;

	private final ServletInputStream in;

	private final Answer answer;

	private BodySink sink = BodySink.NONE;

	private int dropped;

	private State state = State.OPEN;

	private boolean answering;

	private boolean answered;

	/**
	 * Create an upload.
	 * @param loop the loop whose executor writes the answer
	 * @param in the body
	 * @param answer its answer
	 */
	Upload(EventLoop loop, ServletInputStream in, Answer answer) {
		this.loop = loop;
		this.in = in;
		this.answer = answer;
	}

	/**
	 * Start reading. Called once, in the container's thread.
	 * @param sink receives the body
	 */
	void start(BodySink sink) {
		this.sink = sink;
		this.in.setReadListener(this);
	}

	/**
	 * Continue after a pause. Called in the container's thread, when it has dispatched
	 * the request again.
	 */
	void resume() {
		this.answer.restart();
		if (this.in.isFinished()) {
			onAllDataRead();
		}
		else {
			this.in.setReadListener(this);
		}
	}

	/**
	 * Answer without reading the body. Called once, in the container's thread.
	 * @param problem what is wrong
	 */
	void refuse(JobProblem problem) {
		start(BodySink.NONE);
		answer(problem);
	}

	/**
	 * Answer, unless that was done before, and stop using the body.
	 * @param job the new job
	 */
	void answer(JobView job) {
		answer(() -> this.answer.give(job));
	}

	/**
	 * Answer, unless that was done before, and stop using the body.
	 * @param problem what is wrong
	 */
	void answer(JobProblem problem) {
		answer(() -> this.answer.give(problem));
	}

	private synchronized void answer(Runnable giving) {
		if (this.answering || this.state == State.BROKEN) {
			return;
		}
		this.answering = true;
		this.loop.runInExecutor(null, () -> {
			giving.run();
			return true;
		}).whenComplete((given, failure) -> {
			if (failure != null) {
				logger.error("A request could not be answered", failure);
			}
			answered();
		});
	}

	private synchronized void answered() {
		this.answered = true;
		completeIfDone();
	}

	@Override
	public void onDataAvailable() throws IOException {
		byte[] buffer = new byte[CHUNK];
		while (this.in.isReady() && !this.in.isFinished()) {
			int length = this.in.read(buffer);
			if (length > 0 && !take(Arrays.copyOf(buffer, length))) {
				return;
			}
		}
	}

	/**
	 * Return whether to continue reading.
	 */
	private boolean take(byte[] chunk) {
		if (isAnswering()) {
			return drop(chunk.length);
		}
		CompletableFuture<?> taken = this.sink.take(chunk).toCompletableFuture();
		if (!taken.isDone()) {
			taken.whenComplete((ready, failure) -> this.answer.dispatch());
			return false;
		}
		if (taken.isCompletedExceptionally()) {
			JobProblem problem = JobProblem.of(failure(taken));
			// First, because the cancelled job would be answered, too
			answer(problem);
			this.sink.fail(problem);
		}
		return true;
	}

	private static Throwable failure(CompletableFuture<?> failed) {
		return failed.handle((value, failure) -> failure).join();
	}

	private boolean drop(int length) {
		this.dropped += length;
		if (this.dropped <= DROPPED_LIMIT) {
			return true;
		}
		onAllDataRead();
		return false;
	}

	/**
	 * Only the first call counts: a pause just before the end causes a second one.
	 */
	@Override
	public void onAllDataRead() {
		if (isWhole()) {
			return;
		}
		if (!isAnswering()) {
			this.sink.end();
		}
		whole();
	}

	private synchronized boolean isWhole() {
		return this.state == State.WHOLE;
	}

	private synchronized void whole() {
		this.state = State.WHOLE;
		completeIfDone();
	}

	/**
	 * The container closes the connection after this, so the answer is written here.
	 */
	@Override
	public void onError(Throwable failure) {
		JobProblem problem = JobProblem.unreadableBody(failure);
		if (breakOff()) {
			this.sink.fail(problem);
		}
		this.answer.give(problem);
	}

	/**
	 * Return whether no answer was written yet.
	 */
	private synchronized boolean breakOff() {
		this.state = State.BROKEN;
		return !this.answering;
	}

	private synchronized boolean isAnswering() {
		return this.answering;
	}

	private void completeIfDone() {
		if (this.answered && this.state == State.WHOLE) {
			this.answer.complete();
		}
	}

	/**
	 * The state of the body.
	 */
	private enum State {

		/** More will be received. */
		OPEN,

		/** It was received, or as much of it as is needed. */
		WHOLE,

		/** It cannot be read, and the container ends the exchange. */
		BROKEN

	}

}
