package io.eventloop;

import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A child, the tree's root, and everything that belongs to it, as a
 * {@link ChildContainment} knows it.
 *
 * <pre>
 * prepared ──{@link #started}──▶ running ──{@link #kill()}──▶ ending ──▶ {@link #killed()}
 *    '──{@link #notStarted()}
 * </pre>
 *
 * To send a signal is safe at any time: none reaches a process that was given the number
 * of one that was reaped. All methods may be called from any thread.
 * <p>
 * For implementors: no method may block for long, as the loop's own thread calls them.
 * Where ending a tree takes several rounds, {@link #kill()} makes the first one and
 * another thread the rest. A {@link #kill()} that fails unexpectedly is logged, and the
 * root killed without it.
 *
 * @since 0.1.0
 */
public interface ChildTree {

	/**
	 * Return how the root is to be started.
	 * @return what {@link ChildContainment#prepare} was given, perhaps changed
	 */
	SubprocessSpec spec();

	/**
	 * Return what is to be executed before the root's program, to prepare the process for
	 * it.
	 * @return a program by its path, and arguments, to which the root's program and its
	 * arguments are added, and which executes them in its own place; empty for none
	 */
	default List<String> entry() {
		return List.of();
	}

	/**
	 * The root runs. Called once, as soon as it does, in the thread that has started it,
	 * before any other code knows of it. Where this fails the root is killed and reaped,
	 * and its launch fails.
	 * @param root the root
	 */
	void started(TreeRoot root);

	/**
	 * The root could not be started, and nothing else will be called: release what was
	 * prepared.
	 */
	default void notStarted() {
	}

	/**
	 * The root has exited and was reaped. Called once, in any thread: release what is not
	 * needed any more, but what the root has left running still belongs to the tree.
	 */
	default void rootReaped() {
	}

	/**
	 * Send a signal to everything that belongs to the tree.
	 * @param signal the signal
	 * @throws ProcessLookupException if nothing that belongs to it is left
	 * @throws UnsupportedOperationException if the child's loop cannot send that one
	 * @throws UncheckedIOException if this user may not signal it
	 */
	void signal(Signal signal);

	/**
	 * Kill everything that belongs to the tree. What is found at once has been sent
	 * SIGKILL when this returns. May be called again. The root is reaped by its loop.
	 * @throws ProcessLookupException if nothing that belongs to it is left
	 * @throws UncheckedIOException if this user may not signal it
	 */
	void kill();

	/**
	 * Return when a kill has reached everything. The loop's close, and whatever else
	 * waits for the exit of a child that it has killed, waits for this too, for some
	 * seconds at most.
	 * @return done when nothing is left but, perhaps, the root to be reaped; already done
	 * where a kill reaches everything at once
	 */
	CompletionStage<Void> killed();

	/**
	 * Find what belongs to the tree and is alive, besides the root. Blocks for as long as
	 * it takes to read {@code /proc}, so it is not to be called on a loop's thread.
	 * @return the members, none where the containment cannot find them; zombies, which
	 * nothing can end any more, are none
	 */
	default List<ProcessHandle> members() {
		return List.of();
	}

	/**
	 * Find the same as {@link #members()} without waiting for it, where the containment
	 * can: if several trees are asked before the first is waited for, one look through
	 * {@code /proc} may do for all.
	 * @return done with the members, perhaps at once; fails if they cannot be found
	 */
	default CompletionStage<List<ProcessHandle>> findMembers() {
		return CompletableFuture.completedStage(members());
	}

	/**
	 * Find the members of several trees, with as few looks through {@code /proc} as
	 * possible. Blocks, as {@link #members()} does.
	 * @param trees the trees
	 * @return the members of each tree, without a tree whose members cannot be found
	 */
	static Map<ChildTree, List<ProcessHandle>> members(Collection<? extends ChildTree> trees) {
		return new TreeSearch().find(trees);
	}

}
