package io.eventloop.containment;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for the members of trees and ends them, in a thread of its own that ends when
 * there is nothing to do. There is one per process, as one look serves all trees that are
 * asked for at that moment. A tree is killed in rounds, until two looks after each other
 * find none of its members alive. May be used from any thread.
 */
final class TreeSweeper {

	static final TreeSweeper OF_PROCESS = new TreeSweeper();

	private static final Logger logger = LoggerFactory.getLogger(TreeSweeper.class);

	/**
	 * How long the members of a tree are killed again and again.
	 */
	static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Duration IDLE = Duration.ofSeconds(1);

	private static final long PAUSE_MILLIS = 2;

	private static final long PAUSE_AFTER_FAILURE_MILLIS = 20;

	private static final int LEAST_LOOKS = 2;

	private static final int MOST_LOOKS = 10;

	private final List<Search> searches = new ArrayList<>();

	private final List<Killing> killings = new ArrayList<>();

	private final ThreadFactory threads;

	private @Nullable Thread thread;

	private TreeSweeper() {
		this((work) -> new Thread(null, work, "eventloop-tree-sweeper", 0, false));
	}

	/**
	 * Create a sweeper.
	 * @param threads makes its thread, whenever there is something to do and none
	 */
	TreeSweeper(ThreadFactory threads) {
		this.threads = threads;
	}

	/**
	 * Look for the members of a tree.
	 * @return those that are alive; fails if it cannot be told for a while
	 */
	CompletableFuture<List<ProcessEntry>> look(TreeMembers tree) {
		Search search = new Search(tree, System.nanoTime() + PATIENCE.toNanos(), new CompletableFuture<>());
		addAndWake(this.searches, search, search.found);
		return search.found;
	}

	/**
	 * Kill all members of a tree.
	 * @return done when none is left; fails with those that are, after a while
	 */
	CompletableFuture<Void> kill(TreeMembers tree) {
		EndedTrees.OF_PROCESS.add(tree);
		Killing killing = new Killing(tree, System.nanoTime() + PATIENCE.toNanos());
		addAndWake(this.killings, killing, killing.over);
		return killing.over;
	}

	private synchronized <T> void addAndWake(List<T> work, T item, CompletableFuture<?> result) {
		work.add(item);
		try {
			wake();
		}
		catch (OutOfMemoryError ex) {
			// No thread can be started
			work.remove(item);
			result.completeExceptionally(new IllegalStateException(
					"Members of a tree cannot be looked for: %s; raise the limit of threads".formatted(ex.getMessage()),
					ex));
		}
	}

	private void wake() {
		if (this.thread == null) {
			Thread started = this.threads.newThread(this::run);
			started.setDaemon(true);
			started.setContextClassLoader(null);
			started.start();
			this.thread = started;
		}
		notifyAll();
	}

	private void run() {
		try {
			while (awaitWork()) {
				pause(sweep());
			}
		}
		finally {
			ended();
		}
	}

	/**
	 * Let another thread take over what one that has ended for want of memory leaves
	 * behind.
	 */
	private synchronized void ended() {
		if (this.thread == Thread.currentThread()) {
			this.thread = null;
			if (!this.searches.isEmpty() || !this.killings.isEmpty()) {
				wake();
			}
		}
	}

	/**
	 * Give those that were killed the time to die, and what is scarce the time to be
	 * there again.
	 */
	private synchronized void pause(boolean swept) {
		if (!swept) {
			await(PAUSE_AFTER_FAILURE_MILLIS);
		}
		else if (this.searches.isEmpty() && !this.killings.isEmpty()) {
			await(PAUSE_MILLIS);
		}
	}

	/**
	 * Wait until there is something to do.
	 * @return whether there is; else the thread is to end
	 */
	private synchronized boolean awaitWork() {
		if (this.searches.isEmpty() && this.killings.isEmpty()) {
			await(IDLE.toMillis());
		}
		if (this.searches.isEmpty() && this.killings.isEmpty()) {
			this.thread = null;
			return false;
		}
		return true;
	}

	/**
	 * Wait until something is asked for.
	 */
	@SuppressWarnings("WaitNotInLoop") // An early end does no harm
	private void await(long millis) {
		try {
			wait(millis);
		}
		catch (InterruptedException ex) {
			// No thread but this one knows of it, and it goes on
		}
	}

	/**
	 * Take a look for all that was asked for.
	 * @return whether it has succeeded; else it is to be tried again
	 */
	private boolean sweep() {
		List<Search> asked = List.of();
		List<Killing> dying = List.of();
		try {
			synchronized (this) {
				asked = List.copyOf(this.searches);
				dying = List.copyOf(this.killings);
			}
			Set<TreeMembers> killed = dying.stream().map((killing) -> killing.tree).collect(Collectors.toSet());
			Set<TreeMembers> trees = Stream.concat(asked.stream().map(Search::tree), killed.stream())
				.collect(Collectors.toSet());
			TreeLook look = TreeLook.at(trees, killed);
			asked.forEach((search) -> search.found.complete(look.alive(search.tree)));
			dying.forEach((killing) -> killing.next(look));
			return true;
		}
		catch (IOException | RuntimeException | OutOfMemoryError ex) {
			failed(asked, dying, ex);
			return false;
		}
		finally {
			synchronized (this) {
				this.searches.removeIf((search) -> search.found.isDone());
				this.killings.removeIf((killing) -> killing.over.isDone());
			}
		}
	}

	/**
	 * Give up on those that have tried for long enough. What was scarce, such as
	 * descriptors or memory, may be there at the next look.
	 */
	private static void failed(List<Search> asked, List<Killing> dying, Throwable failure) {
		long now = System.nanoTime();
		asked.stream()
			.filter((search) -> now - search.deadline > 0)
			.forEach((search) -> search.found.completeExceptionally(failure));
		dying.stream()
			.filter((killing) -> now - killing.deadline > 0)
			.forEach((killing) -> killing.over.completeExceptionally(failure));
	}

	/**
	 * A look for one tree.
	 *
	 * @param tree what is looked for
	 * @param deadline how long a look that fails is tried again
	 * @param found takes the answer
	 */
	private record Search(TreeMembers tree, long deadline, CompletableFuture<List<ProcessEntry>> found) {

	}

	/**
	 * The killing of one tree.
	 */
	private static final class Killing {

		private final TreeMembers tree;

		private final long deadline;

		private final CompletableFuture<Void> over = new CompletableFuture<>();

		private int quietLooks;

		private List<ProcessEntry> suspects = List.of();

		Killing(TreeMembers tree, long deadline) {
			this.tree = tree;
			this.deadline = deadline;
		}

		/**
		 * Take note of a look, which has killed those that it has found.
		 */
		private void next(TreeLook look) {
			List<ProcessEntry> alive = look.alive(this.tree);
			if (alive.isEmpty()) {
				end(look);
			}
			else if (System.nanoTime() - this.deadline > 0) {
				this.over.completeExceptionally(new IllegalStateException(
						"Processes %s could not be killed within %d s; another user may own them".formatted(alive,
								PATIENCE.toSeconds())));
			}
			else {
				this.quietLooks = 0;
			}
		}

		/**
		 * Be content with two looks that have found none, and with some more where what
		 * has vanished under their eyes may have been a member.
		 */
		private void end(TreeLook look) {
			List<ProcessEntry> suspects = look.suspects(this.tree.since());
			List<ProcessEntry> before = this.suspects;
			this.suspects = suspects;
			this.quietLooks++;
			if (this.quietLooks < (look.isUncertain() ? MOST_LOOKS : LEAST_LOOKS)) {
				return;
			}
			// One that ends or executes a program has no environment for a moment
			suspects = suspects.stream().filter((now) -> before.stream().anyMatch(now::isSameAs)).toList();
			if (!suspects.isEmpty()) {
				logger.warn("Processes {} may have escaped a tree that was killed: they are orphans with a cleared "
						+ "environment, and younger than its root. End them by hand, or use eventloop.containment=cgroup",
						suspects);
			}
			this.over.complete(null);
		}

	}

}
