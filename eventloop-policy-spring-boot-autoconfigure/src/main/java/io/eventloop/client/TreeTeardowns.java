package io.eventloop.client;

import java.util.List;
import java.util.function.Consumer;

import io.eventloop.ChildContainment;
import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.SubprocessTransport;
import io.eventloop.Teardown;
import io.eventloop.Teardown.Outcome;
import io.eventloop.Teardown.Step;
import io.eventloop.loop.ProactorEventLoop;
import io.eventloop.subprocess.TreeTeardown;
import org.jspecify.annotations.Nullable;

/**
 * Ends the children of a run, all at once, with what they have started. Belongs to the
 * loop's thread, and blocks nothing.
 */
final class TreeTeardowns {

	private final EventLoop loop;

	private final Teardown ladder;

	private final Consumer<@Nullable Step> done;

	private int left;

	private TreeTeardowns(EventLoop loop, Teardown ladder, int count, Consumer<@Nullable Step> done) {
		this.loop = loop;
		this.ladder = ladder;
		this.left = count;
		this.done = done;
	}

	/**
	 * End them.
	 * @param done told, on the loop, once all are gone or the ladder's end is reached,
	 * with the last step that was taken for the last of them
	 */
	static void begin(EventLoop loop, List<SubprocessTransport> children, Teardown ladder,
			Consumer<@Nullable Step> done) {
		if (children.isEmpty()) {
			done.accept(null);
			return;
		}
		TreeTeardowns all = new TreeTeardowns(loop, ladder, children.size(), done);
		children.forEach(all::begin);
	}

	private void begin(SubprocessTransport child) {
		boolean unknown = this.loop instanceof ProactorEventLoop
				&& this.loop.getChildContainment() == ChildContainment.GROUP;
		if (!unknown || child.exit().isPresent()) {
			await(child.end(this.ladder));
			return;
		}
		// Those that the child leaves are no longer its descendants
		Descendants descendants = new Descendants(child.pid());
		OffLoop.compute(this.loop, descendants::note, false,
				(noted) -> await(new TreeTeardown(this.loop, child, this.ladder, descendants::alive).start()));
	}

	private void await(LoopFuture<Outcome> end) {
		end.whenComplete((outcome, failure) -> ended((outcome != null) ? outcome.step() : null));
	}

	private void ended(@Nullable Step step) {
		this.left--;
		if (this.left == 0) {
			this.done.accept(step);
		}
	}

}
