package io.eventloop.testsupport;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.eventloop.ChildContainment;
import io.eventloop.ChildTree;
import io.eventloop.Signal;
import io.eventloop.SubprocessSpec;
import io.eventloop.TreeRoot;

/**
 * Contains children as a loop does by default, gives each a variable in its environment,
 * and keeps what its trees are asked for. What a test does instead is in the fields.
 */
public final class RecordingContainment implements ChildContainment {

	/**
	 * The variable that each child is given.
	 */
	public static final String VARIABLE = "EVENTLOOP_TEST_TREE";

	public final List<String> calls = new CopyOnWriteArrayList<>();

	public final List<TreeRoot> roots = new CopyOnWriteArrayList<>();

	public volatile Consumer<TreeRoot> onStarted = (root) -> {
	};

	public volatile Runnable onKill = () -> {
	};

	public volatile CompletionStage<Void> killed = CompletableFuture.completedStage(null);

	@Override
	public ChildTree prepare(SubprocessSpec spec) throws IOException {
		return new Recorded(GROUP.prepare(spec.addEnvironment(VARIABLE, "oak")));
	}

	private final class Recorded implements ChildTree {

		private final ChildTree tree;

		Recorded(ChildTree tree) {
			this.tree = tree;
		}

		@Override
		public SubprocessSpec spec() {
			return this.tree.spec();
		}

		@Override
		public void started(TreeRoot root) {
			RecordingContainment.this.calls.add("started");
			RecordingContainment.this.roots.add(root);
			RecordingContainment.this.onStarted.accept(root);
			this.tree.started(root);
		}

		@Override
		public void notStarted() {
			RecordingContainment.this.calls.add("not started");
		}

		@Override
		public void signal(Signal signal) {
			RecordingContainment.this.calls.add(signal.toString());
			this.tree.signal(signal);
		}

		@Override
		public void kill() {
			RecordingContainment.this.calls.add("kill");
			RecordingContainment.this.onKill.run();
			this.tree.kill();
		}

		@Override
		public CompletionStage<Void> killed() {
			return RecordingContainment.this.killed;
		}

	}

}
