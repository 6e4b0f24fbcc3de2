package io.eventloop.watcher;

import io.eventloop.ChildHandler;
import io.eventloop.EventLoop;
import io.eventloop.posix.ChildProcess;

/**
 * A handler and where to call it.
 *
 * @param child the child it is for, which its pid alone does not tell for ever
 * @param handler what to call
 * @param loop the loop that ran in the registering thread
 */
record Registration(ChildProcess child, ChildHandler handler, EventLoop loop) {

	long pid() {
		return this.child.pid();
	}

}
