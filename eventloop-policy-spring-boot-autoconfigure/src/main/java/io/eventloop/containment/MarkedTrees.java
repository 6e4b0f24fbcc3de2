package io.eventloop.containment;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.eventloop.ChildTree;
import io.eventloop.SubprocessSpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes trees whose members carry marks, of which all of one maker begin alike. The
 * beginning is a new one after all were killed.
 */
final class MarkedTrees implements TreeMaker {

	private final @Nullable Duration grace;

	private @Nullable Guardian guardian;

	private @Nullable String prefix;

	private long trees;

	/**
	 * Create a maker.
	 * @param grace of the guardian, or {@code null} for no guardian
	 */
	MarkedTrees(@Nullable Duration grace) {
		this.grace = grace;
	}

	@Override
	public ChildTree prepare(SubprocessSpec spec) {
		return new MarkedTree(spec, nextMark());
	}

	private synchronized String nextMark() {
		String known = this.prefix;
		if (known == null) {
			known = newPrefix();
			this.prefix = known;
		}
		if (this.guardian != null) {
			this.guardian.check();
		}
		return known + this.trees++;
	}

	private String newPrefix() {
		if (this.grace == null) {
			return TreeMark.unique() + '.';
		}
		Guardian held = Guardian.hold(this.grace);
		this.guardian = held;
		return held.mark() + '.' + TreeMark.unique() + '.';
	}

	@Override
	public void killLeft() {
		String marks;
		Guardian held;
		synchronized (this) {
			marks = this.prefix;
			held = this.guardian;
			this.prefix = null;
			this.guardian = null;
		}
		CompletableFuture<Void> killed = (marks != null) ? TreeSweeper.OF_PROCESS.kill(TreeMembers.ofAll(marks))
				: CompletableFuture.completedFuture(null);
		LeftTrees.await(killed);
		if (held != null) {
			held.release();
		}
	}

}
