package io.eventloop.subprocess;

import java.io.IOException;

import io.eventloop.ChildWatcher;
import io.eventloop.SubprocessSpec;
import org.jspecify.annotations.Nullable;

/**
 * How a loop starts its children, hears of their ends, and reads and writes their pipes.
 */
interface ChildBackend {

	/**
	 * Return what knows the pipes.
	 */
	PipeReactor reactor();

	/**
	 * Return who will notice the end of the next child, {@code null} where no watcher is
	 * needed. On the loop.
	 */
	@Nullable ChildWatcher watcher();

	/**
	 * Return whether a child may be started on the loop, which stands still for as long
	 * as that takes. On the loop.
	 * @param nanos how long that commonly is
	 */
	boolean mayStartOnLoop(SubprocessSpec spec, long nanos);

	/**
	 * Return whether starting a child depends on nothing but file systems of this
	 * machine, which answer. May block.
	 */
	boolean isLocal(SubprocessSpec spec);

	/**
	 * Start a child. Blocks until it has executed its program; nothing is left open when
	 * that fails.
	 * @param gate is passed before the child is started
	 */
	Child start(SubprocessSpec spec, @Nullable ChildWatcher watcher, LaunchGate gate) throws IOException;

	/**
	 * Start and read no more. The children have ended.
	 */
	void close();

}
