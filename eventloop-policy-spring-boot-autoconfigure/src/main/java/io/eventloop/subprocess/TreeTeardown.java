package io.eventloop.subprocess;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import io.eventloop.SubprocessTransport;
import io.eventloop.Teardown;
import io.eventloop.Teardown.Outcome;
import io.eventloop.Teardown.SendSignal;
import io.eventloop.Teardown.Step;
import io.eventloop.TimerHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a child and what it has started: the child by its ladder, and then what has
 * outlived it, which is asked to end unless the child's signal has reached it, and killed
 * at the ladder's end. A look misses what forks and exits all the time: once one has
 * found none, a ladder that kills has the tree killed, which looks again. Blocks nothing:
 * looks are taken in the loop's executor. Where that has no thread for them, the tree is
 * killed all the same. May be used from any thread.
 *
 * @since 0.1.0
 */
public final class TreeTeardown {

	private static final Logger logger = LoggerFactory.getLogger(TreeTeardown.class);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

	/**
	 * How long a look may take before the tree is killed without it.
	 */
	private static final Duration LOOK_PATIENCE = Duration.ofMillis(500);

	private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

	private final EventLoop loop;

	private final SubprocessTransport child;

	private final Teardown ladder;

	private final Callable<List<ProcessHandle>> members;

	private final boolean signalled;

	private final LoopFuture<Outcome> outcome;

	private final long end;

	private Duration pause = FIRST_PAUSE;

	private boolean asked;

	private boolean killed;

	private long killedAt;

	private @Nullable Step step;

	/**
	 * Prepare to end a child and then what is found to belong to it, which signals to its
	 * {@linkplain SubprocessTransport#tree() tree} do not reach.
	 * @param loop the child's loop
	 * @param child the child
	 * @param ladder the steps
	 * @param members finds what belongs to the child and is alive, besides the child;
	 * called off the loop
	 */
	public TreeTeardown(EventLoop loop, SubprocessTransport child, Teardown ladder,
			Callable<List<ProcessHandle>> members) {
		this(loop, child, ladder, members, false);
	}

	private TreeTeardown(EventLoop loop, SubprocessTransport child, Teardown ladder,
			Callable<List<ProcessHandle>> members, boolean signalled) {
		this.loop = loop;
		this.child = child;
		this.ladder = ladder;
		this.members = members;
		this.signalled = signalled;
		this.outcome = new LoopFuture<>(loop);
		this.end = loop.time() + ladder.duration().toNanos();
	}

	/**
	 * End a child with its tree.
	 * @param loop the child's loop
	 * @param child the child
	 * @param ladder the steps
	 * @return see {@link SubprocessTransport#end}
	 */
	public static LoopFuture<Outcome> of(EventLoop loop, SubprocessTransport child, Teardown ladder) {
		TreeTeardown teardown = new TreeTeardown(loop, child, ladder, child.tree()::members, true);
		return teardown.after(new TeardownRun(child, ladder).start());
	}

	/**
	 * Begin. To be called once.
	 * @return done when all are gone, or the ladder's end is reached. Cancelling it stops
	 * nothing
	 */
	public LoopFuture<Outcome> start() {
		return after(this.child.end(this.ladder));
	}

	private LoopFuture<Outcome> after(LoopFuture<Outcome> child) {
		child.whenComplete((ended, failure) -> {
			if (ended == null || !ended.ended()) {
				reportLeft();
				finish(false, (ended != null) ? ended.step() : null);
			}
			else {
				this.step = ended.step();
				this.asked = this.signalled && this.step instanceof SendSignal;
				killWhenOverdue();
				look();
			}
		});
		return this.outcome;
	}

	/**
	 * Do without looks where none is taken in time.
	 */
	private void killWhenOverdue() {
		if (this.ladder.kills()) {
			long left = Math.max(0, this.end - this.loop.time());
			later(LOOK_PATIENCE.plusNanos(left), () -> {
				if (!this.killed) {
					kill(List.of(), this.loop.time());
				}
				later(Teardown.KILL_PATIENCE.plus(LOOK_PATIENCE), this::giveUp);
			});
		}
	}

	private void giveUp() {
		logger.warn("What process {} has left was killed, but could not be looked for: the loop's executor is busy",
				this.child.pid());
		finish(true, this.step);
	}

	private void reportLeft() {
		if (this.ladder.kills()) {
			logger.warn("Process {} was not ended by the teardown '{}'", this.child.pid(), this.ladder);
		}
	}

	private void finish(boolean ended, @Nullable Step last) {
		this.outcome.complete(new Outcome(ended, last));
	}

	/**
	 * See what has outlived the child.
	 */
	private void look() {
		compute((alive) -> {
			if (alive.isEmpty()) {
				killMissed();
			}
			else {
				endOrWait(alive);
			}
		});
	}

	private void killMissed() {
		if (!this.ladder.kills()) {
			finish(true, this.step);
			return;
		}
		if (!(this.step instanceof Teardown.Kill)) {
			killTree();
		}
		this.child.tree().killed().whenComplete((none, failure) -> finish(true, this.step));
	}

	private void compute(Consumer<List<ProcessHandle>> then) {
		try {
			this.loop.runInExecutor(null, this.members)
				.whenComplete((alive, failure) -> then.accept((failure == null) ? alive : List.of()));
		}
		catch (RuntimeException ex) {
			logger.debug("What process {} has left cannot be looked for any more", this.child.pid(), ex);
			then.accept(List.of());
		}
	}

	private void endOrWait(List<ProcessHandle> alive) {
		long now = this.loop.time();
		long left = this.end - now;
		if (left <= 0 && !this.ladder.kills()) {
			finish(true, this.step);
			return;
		}
		if (this.killed && now - this.killedAt > Teardown.KILL_PATIENCE.toNanos()) {
			logger.warn("Processes {} that process {} has left were not ended by the teardown '{}'",
					alive.stream().map(ProcessHandle::pid).toList(), this.child.pid(), this.ladder);
			finish(true, this.step);
			return;
		}
		if (left <= 0) {
			kill(alive, now);
		}
		else if (!this.asked) {
			this.asked = true;
			alive.forEach(ProcessHandle::destroy);
		}
		lookAgain((left > 0) ? Math.min(left, this.pause.toNanos()) : FIRST_PAUSE.toNanos());
	}

	/**
	 * Kill them, and again what they may have started since the last look.
	 */
	private void kill(List<ProcessHandle> alive, long now) {
		if (!this.killed) {
			this.killed = true;
			this.killedAt = now;
			this.step = new Teardown.Kill();
			killTree();
		}
		alive.forEach(ProcessHandle::destroyForcibly);
	}

	private void killTree() {
		try {
			this.child.tree().kill();
		}
		catch (ProcessLookupException ex) {
			logger.trace("The tree of process {} is killed one by one", this.child.pid(), ex);
		}
		catch (RuntimeException ex) {
			logger.warn("The tree of process {} could not be sent {}: {}", this.child.pid(), Signal.SIGKILL,
					ex.getMessage());
		}
	}

	private void lookAgain(long nanos) {
		this.pause = this.pause.multipliedBy(2);
		if (this.pause.compareTo(LONGEST_PAUSE) > 0) {
			this.pause = LONGEST_PAUSE;
		}
		later(Duration.ofNanos(nanos), this::look);
	}

	/**
	 * Do something later, unless all is over then.
	 */
	private void later(Duration delay, Runnable then) {
		try {
			TimerHandle timer = this.loop.callLater(delay, then);
			this.outcome.whenComplete((ended, failure) -> timer.cancel());
		}
		catch (IllegalStateException ex) {
			logger.debug("The loop was closed while the tree of process {} was ended", this.child.pid(), ex);
			finish(true, this.step);
		}
	}

}
