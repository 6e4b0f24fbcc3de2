package io.eventloop.containment;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.eventloop.ChildTree;
import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import io.eventloop.SubprocessSpec;
import io.eventloop.TreeRoot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child with a mark. Signals go to the child, or to the group that it leads, at once,
 * and to the others that a look finds a moment later.
 */
final class MarkedTree implements ChildTree {

	private static final Logger logger = LoggerFactory.getLogger(MarkedTree.class);

	private static final CompletableFuture<Void> AT_ONCE = CompletableFuture.completedFuture(null);

	private final SubprocessSpec spec;

	private final TreeMembers members;

	private volatile @Nullable TreeRoot root;

	private volatile CompletableFuture<Void> killed = AT_ONCE;

	MarkedTree(SubprocessSpec spec, String mark) {
		this.spec = TreeMark.add(spec, mark);
		this.members = TreeMembers.of(mark);
	}

	@Override
	public SubprocessSpec spec() {
		return this.spec;
	}

	@Override
	public void started(TreeRoot started) {
		this.root = started;
		if (started.leadsGroup()) {
			this.members.leads(started);
		}
	}

	@Override
	public void signal(Signal signal) {
		TreeRoot known = requireRoot(signal);
		Descendants.note(known, this.members);
		boolean rooted = signalRoot(known, signal);
		TreeSweeper.OF_PROCESS.look(this.members).whenComplete((found, failure) -> {
			if (failure != null) {
				logger.warn("What process {} has started could not be sent {}", known.pid(), signal, failure);
			}
			else {
				found.stream()
					.filter((member) -> !rooted || !isReachedWith(known, member))
					.forEach((member) -> ProcessSignals.send(member, signal, false));
			}
		});
	}

	private static boolean isReachedWith(TreeRoot root, ProcessEntry member) {
		return member.pid() == root.pid() || (root.leadsGroup() && member.group() == root.pid());
	}

	/**
	 * Signal the root and its group.
	 * @return whether it was there
	 */
	private static boolean signalRoot(TreeRoot root, Signal signal) {
		try {
			root.signalGroupOrChild(signal);
			return true;
		}
		catch (ProcessLookupException ex) {
			// What it has started may be left
			logger.trace("{} reaches the root of its tree no more", signal, ex);
			return false;
		}
	}

	@Override
	public void kill() {
		TreeRoot known = requireRoot(Signal.SIGKILL);
		Descendants.note(known, this.members);
		// First, so that a look for another tree does not take what is orphaned for
		// escaped
		sweep();
		signalRoot(known, Signal.SIGKILL);
	}

	/**
	 * Kill all members, unless that is under way.
	 */
	private synchronized void sweep() {
		if (this.killed.isDone()) {
			this.killed = TreeSweeper.OF_PROCESS.kill(this.members);
		}
	}

	private TreeRoot requireRoot(Signal signal) {
		TreeRoot known = this.root;
		if (known == null) {
			throw new IllegalStateException(
					"%s is not running yet, so %s cannot be sent".formatted(this.spec.program(), signal));
		}
		return known;
	}

	@Override
	public CompletionStage<Void> killed() {
		CompletableFuture<Void> known = this.killed;
		// What depends on it may look itself, and is not to hold up the sweeper
		return known.isDone() ? known.minimalCompletionStage() : known.whenCompleteAsync((done, failure) -> {
		}, TreeThreads::run).minimalCompletionStage();
	}

	@Override
	public List<ProcessHandle> members() {
		return ChildTree.members(List.of(this)).getOrDefault(this, List.of());
	}

	@Override
	public CompletableFuture<List<ProcessHandle>> findMembers() {
		TreeRoot known = this.root;
		return TreeSweeper.OF_PROCESS.look(this.members)
			.thenApply((found) -> found.stream()
				.filter((member) -> known == null || member.pid() != known.pid())
				.flatMap((member) -> member.handle().stream())
				.toList());
	}

}
