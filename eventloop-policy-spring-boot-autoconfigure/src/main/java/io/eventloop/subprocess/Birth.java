package io.eventloop.subprocess;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.SpawnScope;
import io.eventloop.SubprocessProtocol;

/**
 * What is settled before a child is started.
 *
 * @param protocol who will be told about the child
 * @param watcher who will notice its exit
 * @param scope the watcher's scope, open until the child is registered
 * @param loop the loop of all that
 * @param <P> the protocol's type
 */
record Birth<P extends SubprocessProtocol>(P protocol, ChildWatcher watcher, SpawnScope scope, EventLoop loop) {

	ChildReports reports() {
		return new ChildReports(this.loop, this.watcher);
	}

	/**
	 * Undo the start of a child that nobody will watch. Blocks until it is reaped.
	 */
	void undo(StartedChild child) {
		child.streams().closeOurEnds();
		reports().spawned(child);
		Burial.kill(child.process());
		reports().reaped(child, Burial.reap(child.process()));
		this.scope.close();
	}

}
