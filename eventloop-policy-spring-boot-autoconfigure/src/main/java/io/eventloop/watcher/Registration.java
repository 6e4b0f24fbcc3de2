package io.eventloop.watcher;

import io.eventloop.ChildHandler;
import io.eventloop.EventLoop;
import io.eventloop.posix.ChildProcess;
import org.jspecify.annotations.Nullable;

/**
 * A handler and the loop to call it on.
 *
 * @param child the child, since its pid alone does not identify it for ever
 * @param handler the handler
 * @param loop the loop that was running in the registering thread
 */
record Registration(ChildProcess child, ChildHandler handler, EventLoop loop) {

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Registration registration && this.child == registration.child
				&& this.handler.equals(registration.handler) && this.loop == registration.loop;
	}

	@Override
	public int hashCode() {
		return this.child.hashCode();
	}

	long pid() {
		return this.child.pid();
	}

}
