package io.eventloop.subprocess;

import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import io.eventloop.SubprocessTransport;
import io.eventloop.Teardown;
import io.eventloop.Teardown.CloseInput;
import io.eventloop.Teardown.Outcome;
import io.eventloop.Teardown.SendSignal;
import io.eventloop.Teardown.Step;
import io.eventloop.TimerHandle;
import io.eventloop.WriteTransport;
import io.eventloop.pipe.LoopCalls;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends one child, step by step, on its loop: {@link SubprocessTransport#end}. Nothing
 * blocks: a run costs a timer, so many children can be ended at once. <pre>
 * new ──start──▶ step ──patience──▶ next step … last step ──patience──▶ over, not ended
 *                  '────exit────▶ after SIGKILL: its tree ──killed──▶ over, ended
 * </pre> A child that is sent SIGKILL has {@link Teardown#KILL_PATIENCE} more to be seen
 * to end. May be used from any thread.
 */
final class TeardownRun {

	private static final Logger logger = LoggerFactory.getLogger(TeardownRun.class);

	private final SubprocessTransport child;

	private final LoopFuture<Integer> exit;

	private final EventLoop loop;

	private final Iterator<Step> steps;

	private final LoopFuture<Outcome> outcome;

	private @Nullable Step last;

	private @Nullable TimerHandle timer;

	private boolean over;

	/**
	 * Prepare to end a child.
	 * @param child the child
	 * @param ladder the steps
	 */
	TeardownRun(SubprocessTransport child, Teardown ladder) {
		this.child = child;
		this.exit = child.onExit();
		this.loop = this.exit.loop();
		this.steps = Objects.requireNonNull(ladder, "'ladder' must not be null").steps().iterator();
		this.outcome = new LoopFuture<>(this.loop);
	}

	/**
	 * Take the first step, on the loop. To be called once.
	 * @return see {@link SubprocessTransport#end}
	 */
	LoopFuture<Outcome> start() {
		// From here: a loop that closes runs nothing more, but does tell the exit
		this.exit.whenComplete((code, failure) -> exited());
		try {
			LoopCalls.run(this.loop, this::climb);
		}
		catch (IllegalStateException ex) {
			logger.trace("The loop of process {} is closed, and has killed it", this.child.pid(), ex);
		}
		return this.outcome;
	}

	/**
	 * Take the next step that can be taken, and wait as long as it says.
	 */
	private void climb() {
		if (!tookStep()) {
			finish(new Outcome(false, this.last));
		}
	}

	/**
	 * Return whether there is something to wait for: a step, or what ends an exit.
	 */
	private synchronized boolean tookStep() {
		while (!this.over && this.steps.hasNext()) {
			Step step = this.steps.next();
			if (take(step)) {
				this.timer = this.loop
					.callLater((step instanceof Teardown.Kill) ? Teardown.KILL_PATIENCE : step.patience(), this::climb);
				return true;
			}
		}
		boolean exited = this.over;
		this.over = true;
		return exited;
	}

	/**
	 * Take a step. It counts as taken where it has reached the child or its tree.
	 * @return whether to wait for what comes of it
	 */
	private boolean take(Step step) {
		if (step instanceof CloseInput) {
			return closeInput(step);
		}
		return signal(step, (step instanceof SendSignal send) ? send.signal() : Signal.SIGKILL);
	}

	private boolean closeInput(Step step) {
		if (this.child.pipeTransport(ChildStreams.STDIN) instanceof WriteTransport input && !input.isClosing()) {
			input.writeEof();
			this.last = step;
			return true;
		}
		return false;
	}

	private boolean signal(Step step, Signal signal) {
		try {
			if (signal.equals(Signal.SIGKILL)) {
				this.child.tree().kill();
			}
			else {
				this.child.tree().signal(signal);
			}
			this.last = step;
			return true;
		}
		catch (ProcessLookupException ex) {
			// It has ended, which the loop is about to be told
			return true;
		}
		catch (RuntimeException ex) {
			logger.warn("Process {} could not be sent {}: {}", this.child.pid(), signal, ex.getMessage());
			return false;
		}
	}

	/**
	 * The child has exited. On the loop, in the thread that closes it, or in that of the
	 * caller if the child had exited before.
	 */
	private void exited() {
		Outcome ended = over();
		if (ended == null) {
			return;
		}
		CompletableFuture<Void> reached = (ended.step() instanceof Teardown.Kill)
				? this.child.tree().killed().toCompletableFuture() : CompletableFuture.completedFuture(null);
		if (reached.isDone()) {
			finish(ended);
		}
		else {
			reached.copy()
				.completeOnTimeout(null, Teardown.KILL_PATIENCE.toNanos(), TimeUnit.NANOSECONDS)
				.whenComplete((none, failure) -> finish(ended));
		}
	}

	/**
	 * Take no more steps.
	 * @return what has come of them, unless that was over before
	 */
	private synchronized @Nullable Outcome over() {
		if (this.over) {
			return null;
		}
		this.over = true;
		if (this.timer != null) {
			this.timer.cancel();
		}
		return new Outcome(true, this.last);
	}

	private void finish(Outcome result) {
		this.outcome.complete(result);
	}

}
