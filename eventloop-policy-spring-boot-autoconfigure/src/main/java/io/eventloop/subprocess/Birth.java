package io.eventloop.subprocess;

import io.eventloop.SpawnScope;
import io.eventloop.SubprocessProtocol;

/**
 * What is settled before a child is started.
 *
 * @param protocol who will be told about the child
 * @param reports the loop, and the watcher that will notice its exit, if any
 * @param scope the watcher's scope, open until the child is registered
 * @param <P> the protocol's type
 */
record Birth<P extends SubprocessProtocol>(P protocol, ChildReports reports, SpawnScope scope) {

	/**
	 * Undo the start of a child that no watcher will watch. Blocks until it is reaped.
	 */
	void undo(Child child) {
		child.claimExit();
		KillAndReap.kill(child);
		try {
			child.closeOurEnds();
			this.reports.spawned(child);
		}
		finally {
			try {
				this.reports.reaped(child, KillAndReap.reap(child));
			}
			finally {
				this.scope.close();
			}
		}
	}

}
