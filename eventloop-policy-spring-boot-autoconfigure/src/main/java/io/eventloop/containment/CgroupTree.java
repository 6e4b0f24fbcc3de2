package io.eventloop.containment;

import java.io.IOException;
import java.io.UncheckedIOException;
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
 * A child in a control group of its own, which nothing that it starts can leave without
 * the right to. A shell enters it and then executes the child's program, so that there is
 * no moment in which the child is outside.
 */
final class CgroupTree implements ChildTree {

	private static final Logger logger = LoggerFactory.getLogger(CgroupTree.class);

	/**
	 * For a name of its own the shell takes the first argument.
	 */
	private static final List<String> ENTER = List.of("/bin/sh", "-c", "echo 0 >\"$0\" && exec \"$@\"");

	private static final CompletableFuture<Void> AT_ONCE = CompletableFuture.completedFuture(null);

	private final SubprocessSpec spec;

	private final Cgroup group;

	private volatile @Nullable TreeRoot root;

	private volatile CompletableFuture<Void> killed = AT_ONCE;

	CgroupTree(SubprocessSpec spec, Cgroup group) {
		this.spec = spec;
		this.group = group;
	}

	@Override
	public SubprocessSpec spec() {
		return this.spec;
	}

	@Override
	public List<String> entry() {
		return List.of(ENTER.get(0), ENTER.get(1), ENTER.get(2), this.group.entrance().toString());
	}

	@Override
	public void started(TreeRoot started) {
		this.root = started;
	}

	@Override
	public void notStarted() {
		this.group.remove();
	}

	@Override
	public void rootReaped() {
		if (!this.group.remove()) {
			logger.debug("{} has left something running in {}", this.spec.program(), this.group.path());
		}
	}

	@Override
	public void signal(Signal signal) {
		TreeRoot known = this.root;
		if (known == null) {
			throw new IllegalStateException(
					"%s is not running yet, so %s cannot be sent".formatted(this.spec.program(), signal));
		}
		boolean rooted = signal(known, signal);
		for (ProcessEntry member : this.group.members()) {
			boolean reached = member.pid() == known.pid() || (known.leadsGroup() && member.group() == known.pid());
			if (!rooted || !reached) {
				ProcessSignals.send(member, signal, false);
			}
		}
	}

	private static boolean signal(TreeRoot root, Signal signal) {
		try {
			root.signalGroupOrChild(signal);
			return true;
		}
		catch (ProcessLookupException ex) {
			return false;
		}
	}

	@Override
	public void kill() {
		TreeRoot known = this.root;
		if (known != null) {
			// It may not have entered yet
			signal(known, Signal.SIGKILL);
		}
		try {
			this.killed = this.group.killAndRemove();
		}
		catch (IOException ex) {
			if (this.group.path().toFile().exists()) {
				throw new UncheckedIOException("Control group %s cannot be killed".formatted(this.group.path()), ex);
			}
		}
	}

	@Override
	public CompletionStage<Void> killed() {
		return this.killed.minimalCompletionStage();
	}

	@Override
	public List<ProcessHandle> members() {
		TreeRoot known = this.root;
		try {
			return this.group.members()
				.stream()
				.filter((member) -> known == null || member.pid() != known.pid())
				.flatMap((member) -> member.handle().stream())
				.toList();
		}
		catch (UncheckedIOException ex) {
			logger.warn("What {} has started cannot be found", this.spec.program(), ex);
			return List.of();
		}
	}

}
