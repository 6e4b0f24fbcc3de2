package io.eventloop.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.RunningLoop;
import io.eventloop.SubprocessTransport;
import io.eventloop.Teardown;
import io.eventloop.Teardown.Step;
import io.eventloop.TimerHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a command, or of a pipeline, from the call to its end. Belongs to the loop's
 * thread. <pre>
 * waiting ──place──▶ starting ──all started──▶ running ──all exited──▶ draining ──▶ done
 *    '──────────────────'──failure, deadline, cancellation──'──teardown──────────────▲
 * </pre> The first failure is the run's; once there is one, nothing else is reported, and
 * the run is over when everything that it has started is.
 */
final class CommandRun {

	private static final Logger logger = LoggerFactory.getLogger(CommandRun.class);

	private final ClientSettings client;

	private final CommandPlan plan;

	private final EventLoop loop;

	private final RunEnd end;

	private final RunPlaces places;

	private final RunChildren children;

	private final RunTask over = new RunTask(this);

	private final long begun;

	private @Nullable ObservedRun observed;

	private @Nullable Duration waited;

	private RunPhase phase = RunPhase.WAITING;

	private @Nullable TimerHandle deadline;

	private @Nullable TimerHandle drain;

	private @Nullable Function<@Nullable Step, Throwable> reason;

	private boolean endingTree;

	/**
	 * Prepare a run.
	 * @param end told when it is over
	 * @param way how its children are started, and who takes the output
	 */
	CommandRun(ClientSettings client, CommandPlan plan, EventLoop loop, RunEnd end, RunWay way) {
		this.client = client;
		this.plan = plan;
		this.loop = loop;
		this.end = end;
		this.begun = loop.time();
		this.places = new RunPlaces(plan.name(), plan.bounds().limits(), client.limit());
		this.children = new RunChildren(this, plan, loop, way);
	}

	EventLoop loop() {
		return this.loop;
	}

	/**
	 * Wait, after a cancellation, until the run is over, whatever interrupts this thread:
	 * as long as its teardown may take, and no longer where its loop stands still.
	 */
	void awaitEnd() {
		Duration patience = this.plan.bounds().teardown().duration().plus(Teardown.KILL_PATIENCE.multipliedBy(3));
		try {
			this.over.copy().orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS).join();
		}
		catch (CompletionException ex) {
			logger.warn("The teardown of {} is not over after {}, and is waited for no longer; let {} run",
					this.plan.name(), patience, this.loop);
		}
	}

	/**
	 * Begin, from any thread.
	 */
	void begin() {
		this.observed = ObservedRun.begin(this.client.observers(), this::request);
		try {
			beginTask().whenComplete((done, failure) -> {
				if (failure != null) {
					taskEnded(failure);
				}
			});
		}
		catch (IllegalStateException ex) {
			finish(null, notStarted(ex));
		}
	}

	private LoopFuture<@Nullable Void> beginTask() {
		if (RunningLoop.get() == this.loop) {
			// Before the launch, which leaves the loop's thread if a callback waits
			LoopFuture<@Nullable Void> task = this.loop.createTask(() -> this.over);
			enter();
			return task;
		}
		return this.loop.createTask(() -> {
			enter();
			return this.over;
		});
	}

	/**
	 * The task was cancelled before it began, or its loop was closed.
	 */
	private void taskEnded(Throwable failure) {
		if (failure instanceof CancellationException) {
			cancel();
		}
		else {
			lost(failure);
		}
	}

	private RunRequest request() {
		return new RunRequest(this.plan.name(), this.plan.spec().program(), this.places.limits());
	}

	private void enter() {
		Function<@Nullable Step, Throwable> why = this.reason;
		if (this.phase == RunPhase.DONE) {
			// Cancelled while it began
			observeEnd((why != null) ? why.apply(null) : null);
			return;
		}
		Duration timeout = this.plan.bounds().timeout();
		if (timeout != null) {
			this.deadline = this.loop.callLater(timeout, () -> deadlinePassed(timeout));
		}
		takePlaces();
	}

	private void takePlaces() {
		if (this.phase != RunPhase.WAITING || this.reason != null) {
			return;
		}
		try {
			if (this.places.enter(this::granted)) {
				launch();
			}
		}
		catch (SubprocessRejectedException ex) {
			fail(ex);
		}
	}

	/**
	 * Go on with the place that another run has left, in whatever thread that is.
	 */
	private void granted() {
		try {
			this.loop.callSoonThreadsafe(this::takePlaces);
		}
		catch (IllegalStateException ex) {
			finish(null, notStarted(ex));
		}
	}

	private void launch() {
		this.phase = RunPhase.STARTING;
		try {
			this.waited = elapsed();
			this.children.launch((this.observed != null) ? this.observed.environment() : Map.of());
		}
		catch (IOException | RuntimeException ex) {
			failToStart(ex);
		}
	}

	void failToStart(Throwable failure) {
		fail(notStarted(failure));
	}

	private SubprocessException notStarted(Throwable failure) {
		String message = "%s cannot be started: %s".formatted(this.plan.name(), failure.getMessage());
		return (failure instanceof RejectedExecutionException)
				? new SubprocessRejectedException(this.plan.name(), message)
				: new SubprocessException(this.plan.name(), message, failure);
	}

	void observeStart(RunMember member) {
		SubprocessTransport child = member.transport();
		if (this.observed != null && child != null) {
			this.observed.started(child.program(), child.pid());
		}
	}

	void started() {
		if (this.reason == null) {
			this.phase = RunPhase.RUNNING;
			this.children.feed();
			progress();
		}
	}

	/**
	 * Enter the next phase if it is reached.
	 */
	void progress() {
		if (this.reason != null || this.phase.compareTo(RunPhase.RUNNING) < 0 || this.phase == RunPhase.DONE) {
			return;
		}
		if (this.phase == RunPhase.RUNNING && this.children.haveExited()) {
			this.phase = RunPhase.DRAINING;
			beginToDrain();
		}
		if (this.children.areOver() && !this.endingTree && this.phase == RunPhase.DRAINING && !this.loop.isClosed()) {
			conclude();
		}
	}

	private void beginToDrain() {
		if (this.plan.bounds().endTree()) {
			this.endingTree = true;
			this.children.tearDown((step) -> {
				this.endingTree = false;
				progress();
			});
		}
		if (!this.children.areOver()) {
			this.drain = this.loop.callLater(this.plan.bounds().drainTimeout(), this::drainTimedOut);
		}
	}

	/**
	 * Let go of the output that another process holds, but not of what waits here for the
	 * one who consumes it.
	 */
	private void drainTimedOut() {
		if (this.phase != RunPhase.DRAINING || this.reason != null) {
			return;
		}
		if (this.children.isHeld()) {
			this.drain = this.loop.callLater(this.plan.bounds().drainTimeout(), this::drainTimedOut);
			return;
		}
		this.children.letGo();
	}

	private void conclude() {
		SubprocessResult result = this.children.result(elapsed());
		try {
			SubprocessException failure = this.children.failure(result, this.client.errorsInMessages());
			finish((failure == null) ? result : null, failure);
		}
		catch (RuntimeException ex) {
			finish(null, ex);
		}
	}

	private void deadlinePassed(Duration timeout) {
		RunPhase late = this.phase;
		endFor((step) -> new SubprocessTimeoutException(this.plan.name(), timeout, late, step));
	}

	/**
	 * Tear the run down because of a failure.
	 */
	void fail(Throwable failure) {
		endFor((step) -> failure);
	}

	/**
	 * Tear the run down because its caller has cancelled it, from any thread.
	 */
	void cancel() {
		try {
			OffLoop.onLoop(this.loop, () -> endFor((step) -> new CancellationException("The run was cancelled")));
		}
		catch (IllegalStateException ex) {
			finish(null, notStarted(ex));
		}
	}

	private void endFor(Function<@Nullable Step, Throwable> why) {
		if (this.reason != null || this.phase == RunPhase.DONE) {
			return;
		}
		this.reason = why;
		stopTimers();
		this.children.abandon();
		this.children.tearDown((step) -> finish(null, why.apply(step)));
	}

	/**
	 * End at once, as the loop is being closed and has killed the children.
	 */
	void lost(Throwable failure) {
		Function<@Nullable Step, Throwable> why = this.reason;
		String end = (this.phase.compareTo(RunPhase.RUNNING) < 0) ? "not started" : "ended";
		finish(null, (why != null) ? why.apply(null) : new SubprocessException(this.plan.name(),
				"%s was %s, as its loop was closed".formatted(this.plan.name(), end), failure));
	}

	private void finish(@Nullable SubprocessResult result, @Nullable Throwable failure) {
		if (this.phase == RunPhase.DONE) {
			return;
		}
		this.phase = RunPhase.DONE;
		stopTimers();
		this.children.release(failure != null);
		this.places.leave();
		observeEnd(failure);
		try {
			this.end.over(result, failure);
		}
		finally {
			this.over.complete(null);
		}
	}

	private void observeEnd(@Nullable Throwable failure) {
		if (this.observed != null) {
			Duration duration = elapsed();
			this.observed.ended(
					this.children.figures().report(failure, duration, (this.waited != null) ? this.waited : duration));
		}
	}

	private Duration elapsed() {
		return Duration.ofNanos(this.loop.time() - this.begun);
	}

	private void stopTimers() {
		List<TimerHandle> timers = new ArrayList<>(2);
		if (this.deadline != null) {
			timers.add(this.deadline);
		}
		if (this.drain != null) {
			timers.add(this.drain);
		}
		timers.forEach(TimerHandle::cancel);
	}

}
