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
 * A request on its way in. However slowly its body comes, and however slowly its sink
 * takes it, it holds no thread. All of it is read in the container's threads, one at a
 * time: where the sink wants a pause, the container is left without a wish to read, and
 * is asked to dispatch the request anew when the sink is ready.
 * <p>
 * A client may be answered before it has sent all of its body. The rest is taken and
 * dropped then, up to a limit, as a client that is still sending when the connection is
 * closed might not hear the answer.
 */
final class Upload implements ReadListener {

	private static final Logger logger = LoggerFactory.getLogger(Upload.class);

	/** As much as Tomcat itself would take. */
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
	 * @param loop the loop whose executor answers
	 * @param in the body
	 * @param answer its answer
	 */
	Upload(EventLoop loop, ServletInputStream in, Answer answer) {
		this.loop = loop;
		this.in = in;
		this.answer = answer;
	}

	/**
	 * Begin to read. Called once, in the container's thread.
	 * @param sink where the body goes
	 */
	void start(BodySink sink) {
		this.sink = sink;
		this.in.setReadListener(this);
	}

	/**
	 * Go on after a pause. Called in the container's thread, when it has dispatched the
	 * request anew.
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
	 * Answer instead of reading it. Called once, in the container's thread.
	 * @param problem what is wrong
	 */
	void refuse(JobProblem problem) {
		start(BodySink.NONE);
		answer(problem);
	}

	/**
	 * Answer, if that was not done before, and want no more of the body.
	 * @param job the new job
	 */
	void answer(Job job) {
		answer(() -> this.answer.give(job));
	}

	private void answer(JobProblem problem) {
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
	 * Return whether to go on reading.
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
			// First, as the job that is cancelled would be an answer too
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
	 * Only the first call counts: a pause just before the end brings a second one.
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
	 * After this the container closes the connection, so the answer is given here.
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
	 * Return whether there was no answer yet.
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
	 * What is known of the body.
	 */
	private enum State {

		/** More is to come. */
		OPEN,

		/** It is taken, or as much of it as is wanted. */
		WHOLE,

		/** It cannot be read, and the container ends the exchange. */
		BROKEN

	}

}
