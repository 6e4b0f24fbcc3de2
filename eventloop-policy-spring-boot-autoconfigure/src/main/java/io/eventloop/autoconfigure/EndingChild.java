package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.eventloop.EventLoop;
import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import io.eventloop.SubprocessTransport;
import io.eventloop.Teardown;
import io.eventloop.Teardown.Outcome;
import io.eventloop.WriteTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child that has been asked to end.
 */
final class EndingChild {

	private static final Logger logger = LoggerFactory.getLogger(EndingChild.class);

	private static final Duration INPUT_PATIENCE = Duration.ofSeconds(1);

	private final SubprocessTransport child;

	private final boolean onLoop;

	private final Duration age;

	private final long begin = System.nanoTime();

	private volatile CompletableFuture<?> end = new CompletableFuture<>();

	private volatile long killedAfter = -1;

	private EndingChild(SubprocessTransport child, boolean onLoop) {
		this.child = child;
		this.onLoop = onLoop;
		this.age = child.age();
	}

	/**
	 * Have the child's loop end it: by its own teardown, else by the end of its input
	 * where that is a pipe, by SIGTERM, and at last by SIGKILL.
	 * @param loop the loop
	 * @param child the child
	 * @param time until the SIGKILL
	 */
	static EndingChild onLoop(EventLoop loop, SubprocessTransport child, Duration time) {
		EndingChild ending = new EndingChild(child, true);
		CompletableFuture<Outcome> outcome = new CompletableFuture<>();
		ending.end = outcome.thenAccept(ending::noteOutcome);
		loop.callSoonThreadsafe(() -> child.end(ladder(child, time)).thenAccept(outcome::complete));
		return ending;
	}

	/**
	 * Return the steps for a child. On the loop's thread.
	 */
	private static Teardown ladder(SubprocessTransport child, Duration time) {
		Teardown own = child.teardown();
		if (own != null) {
			return own.within(time);
		}
		if (child.pipeTransport(0) instanceof WriteTransport input && !input.isClosing()) {
			return Teardown.closeInput(INPUT_PATIENCE).then(Signal.SIGTERM, time).thenKill().within(time);
		}
		return Teardown.signal(Signal.SIGTERM, time).thenKill();
	}

	/**
	 * Ask the child from here: a loop that has died, or that waits for us, also in
	 * System.exit, neither asks it nor tells that it has ended. The JDK does tell,
	 * without reaping it.
	 * @param child the child
	 */
	static EndingChild offLoop(SubprocessTransport child) {
		EndingChild ending = new EndingChild(child, false);
		ending.end = endOf(child.pid());
		ending.send("SIGTERM", () -> child.tree().signal(Signal.SIGTERM));
		return ending;
	}

	private static CompletableFuture<?> endOf(long pid) {
		return ProcessHandle.of(pid)
			.<CompletableFuture<?>>map(ProcessHandle::onExit)
			.orElseGet(() -> CompletableFuture.completedFuture(null));
	}

	private void noteOutcome(Outcome outcome) {
		if (outcome.step() instanceof Teardown.Kill) {
			noteKill();
		}
	}

	private void noteKill() {
		if (this.killedAfter < 0) {
			this.killedAfter = System.nanoTime() - this.begin;
		}
	}

	/**
	 * Return whether the child's loop ends it.
	 */
	boolean isOnLoop() {
		return this.onLoop;
	}

	boolean hasEnded() {
		return this.end.isDone();
	}

	/**
	 * Kill the child from here.
	 */
	void kill() {
		noteKill();
		send("SIGKILL", this.child.tree()::kill);
		this.end = CompletableFuture.allOf(CompletableFuture.anyOf(this.end, endOf(this.child.pid())), killed());
	}

	boolean wasKilled() {
		return this.killedAfter >= 0;
	}

	private void send(String signal, Runnable sending) {
		try {
			sending.run();
		}
		catch (ProcessLookupException ex) {
			logger.trace("Child process {} has exited already", this.child.pid());
		}
		catch (RuntimeException ex) {
			logger.warn("Cannot send child process {} {}: {}", this.child.pid(), signal, ex.getMessage());
		}
	}

	/**
	 * Return when the kill has reached all that belongs to the child.
	 */
	private CompletableFuture<Void> killed() {
		return this.child.tree().killed().toCompletableFuture();
	}

	/**
	 * Return what the child is, for the log: its program, and its name if it has another,
	 * but never its arguments.
	 */
	@Override
	public String toString() {
		String program = this.child.program();
		boolean named = !this.child.name().equals(ProgramName.of(this.child));
		return "%s (process %d, %s old) after %s".formatted(named ? this.child.name() + ", " + program : program,
				this.child.pid(), text(this.age), text(Duration.ofNanos(Math.max(0, this.killedAfter))));
	}

	private static String text(Duration duration) {
		return "%d.%d s".formatted(duration.toSeconds(), duration.toMillisPart() / 100);
	}

}
