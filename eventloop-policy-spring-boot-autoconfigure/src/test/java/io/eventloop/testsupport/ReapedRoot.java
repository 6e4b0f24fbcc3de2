package io.eventloop.testsupport;

import io.eventloop.Signal;
import io.eventloop.TreeRoot;

/**
 * A root that was reaped and had led a group.
 *
 * @param pid its pid
 * @param lastOwnTick until when that was its own
 */
public record ReapedRoot(long pid, long lastOwnTick) implements TreeRoot {

	@Override
	public boolean leadsGroup() {
		return true;
	}

	@Override
	public boolean isReaped() {
		return true;
	}

	@Override
	public void signal(Signal signal) {
		throw new AssertionError("signalled");
	}

	@Override
	public void signalGroup(Signal signal) {
		throw new AssertionError("signalled");
	}

}
