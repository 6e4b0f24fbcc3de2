package io.eventloop;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * The group that a child leads, or else the child alone. One SIGKILL reaches all of it.
 */
final class GroupTree implements ChildTree {

	private static final CompletionStage<Void> AT_ONCE = CompletableFuture.completedStage(null);

	private final SubprocessSpec spec;

	private volatile @Nullable TreeRoot root;

	GroupTree(SubprocessSpec spec) {
		this.spec = spec;
	}

	@Override
	public SubprocessSpec spec() {
		return this.spec;
	}

	@Override
	public void started(TreeRoot started) {
		this.root = started;
	}

	@Override
	public void signal(Signal signal) {
		TreeRoot known = this.root;
		if (known == null) {
			throw new IllegalStateException(
					"%s is not running yet, so %s cannot be sent".formatted(this.spec.program(), signal));
		}
		known.signalGroupOrChild(signal);
	}

	@Override
	public void kill() {
		signal(Signal.SIGKILL);
	}

	@Override
	public CompletionStage<Void> killed() {
		return AT_ONCE;
	}

	/**
	 * Return the root, if it is known and leads a group.
	 */
	Optional<TreeRoot> leader() {
		return Optional.ofNullable(this.root).filter(TreeRoot::leadsGroup);
	}

	@Override
	public List<ProcessHandle> members() {
		return leader().map((known) -> GroupMembers.find(List.of(known)).getOrDefault(known.pid(), List.of()))
			.orElse(List.of());
	}

}
