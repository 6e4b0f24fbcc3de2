package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.eventloop.EventLoop;
import io.eventloop.SubprocessTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the children of event loops, each on a ladder of its own: its input is closed
 * where that is a pipe, then SIGTERM, to the group that it leads, and SIGKILL shortly
 * before the deadline. A child that arrives meanwhile climbs its ladder in what time is
 * left. A line in the log says what had to be killed.
 */
final class ChildrenShutdown {

	private static final Logger logger = LoggerFactory.getLogger(ChildrenShutdown.class);

	private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

	private final Collection<EventLoop> loops;

	private final LoopResponses responses;

	private final Deadline deadline;

	private final Deadline askUntil;

	private final IdentityHashMap<SubprocessTransport, EndingChild> children = new IdentityHashMap<>();

	/**
	 * Prepare to end children.
	 * @param loops whose children
	 * @param blocked the loop whose thread waits for this, if one does
	 * @param deadline when all is to be over
	 */
	ChildrenShutdown(Collection<EventLoop> loops, @Nullable EventLoop blocked, Deadline deadline) {
		this.loops = loops.stream().filter((loop) -> !loop.isClosed()).toList();
		this.responses = new LoopResponses(blocked, deadline);
		this.deadline = deadline;
		this.askUntil = deadline.withReserve();
	}

	/**
	 * End the children.
	 * @param killing called when the time to ask is over, if children are left then
	 */
	void run(Runnable killing) {
		if (!askUntil(this.askUntil)) {
			killing.run();
			left().filter((child) -> !child.isOnLoop()).forEach(EndingChild::kill);
			if (!askUntil(this.askUntil.atLeastASecondAhead())) {
				left().forEach(EndingChild::kill);
				awaitKilled(this.deadline.atLeastASecondAhead());
			}
		}
		reportKilled();
	}

	/**
	 * Ask all children to end, also those that arrive meanwhile.
	 * @return whether none is left
	 */
	private boolean askUntil(Deadline until) {
		do {
			ask();
			if (isOver() && this.responses.settle(this.loops)) {
				// What was on its way has arrived now
				ask();
				if (isOver()) {
					return true;
				}
			}
		}
		while (pause() && until.remainingNanos() > 0);
		return false;
	}

	/**
	 * Begin to end those that are new.
	 */
	private void ask() {
		Duration left = Duration.ofNanos(this.askUntil.remainingNanos());
		for (EventLoop loop : this.loops) {
			childrenOf(loop)
				.forEach((child) -> this.children.computeIfAbsent(child, (found) -> begin(loop, found, left)));
		}
	}

	/**
	 * Return the children of a loop, but for those that are to live on.
	 */
	private static Stream<SubprocessTransport> childrenOf(EventLoop loop) {
		return loop.subprocessTransports().stream().filter((child) -> !child.isDetached());
	}

	private EndingChild begin(EventLoop loop, SubprocessTransport child, Duration left) {
		return this.responses.answers(loop) ? EndingChild.onLoop(loop, child, left) : EndingChild.offLoop(child);
	}

	private boolean isOver() {
		return left().findAny().isEmpty() && this.loops.stream()
			.noneMatch((loop) -> this.responses.isLaunching(loop)
					|| !childrenOf(loop).allMatch(this.children::containsKey));
	}

	private Stream<EndingChild> left() {
		return this.children.values().stream().filter((child) -> !child.hasEnded());
	}

	private void awaitKilled(Deadline until) {
		while (left().findAny().isPresent() && until.remainingNanos() > 0 && pause()) {
			logger.trace("Waiting for child processes that were killed");
		}
	}

	/**
	 * Let some time pass.
	 * @return whether to go on
	 */
	private static boolean pause() {
		LockSupport.parkNanos(PAUSE_NANOS);
		return !Thread.currentThread().isInterrupted();
	}

	private void reportKilled() {
		List<EndingChild> killed = this.children.values().stream().filter(EndingChild::wasKilled).toList();
		if (!killed.isEmpty()) {
			logger.warn("Killed {} of {} child processes, which did not end when they were asked to: {}", killed.size(),
					this.children.size(), killed.stream().map(EndingChild::toString).collect(Collectors.joining(", ")));
		}
	}

}
