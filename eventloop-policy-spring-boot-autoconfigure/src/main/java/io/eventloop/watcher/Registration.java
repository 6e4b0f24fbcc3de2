package io.eventloop.watcher;

import io.eventloop.ChildHandler;
import io.eventloop.EventLoop;
import io.eventloop.posix.ChildProcess;

/**
 * A handler and the loop to call it on.
 *
 * @param child the child, since its pid alone does not identify it for ever
 * @param handler the handler
 * @param loop the loop that was running in the registering thread
 */
record Registration(ChildProcess child, ChildHandler handler, EventLoop loop) {

	long pid() {
		return this.child.pid();
	}

}
