package io.eventloop.subprocess;

import java.io.IOException;

import io.eventloop.ChildTree;
import io.eventloop.ChildWatcher;
import io.eventloop.SubprocessSpec;
import io.eventloop.pipe.PipeReactor;
import org.jspecify.annotations.Nullable;

/**
 * How the children of a loop are started.
 */
interface ChildBackend {

	/**
	 * Return what knows the pipes.
	 */
	PipeReactor reactor();

	/**
	 * Return the watcher that will notice the exit of the next child, {@code null} where
	 * none is needed. On the loop.
	 */
	@Nullable ChildWatcher watcher();

	/**
	 * Return whether starting a child depends on nothing but file systems of this
	 * machine, which answer. May block.
	 */
	boolean isLocal(SubprocessSpec spec);

	/**
	 * Start a child. Blocks until it has executed its program; nothing is left open when
	 * that fails.
	 * @param tree what it is the root of, and how to start it
	 * @param gate is passed before the child is started
	 */
	Child start(ChildTree tree, @Nullable ChildWatcher watcher, LaunchGate gate) throws IOException;

	/**
	 * Start and read no more. The children have ended.
	 */
	void close();

}
