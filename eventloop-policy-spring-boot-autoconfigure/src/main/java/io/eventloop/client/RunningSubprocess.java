package io.eventloop.client;

import java.util.concurrent.CompletableFuture;

import io.eventloop.LoopFuture;
import io.eventloop.StreamReader;
import io.eventloop.StreamWriter;
import io.eventloop.Subprocess;

/**
 * A command that runs, with streams to write to and to read from by hand. May be used
 * from any thread.
 *
 * @see SubprocessCommand#start()
 * @since 0.1.0
 */
public interface RunningSubprocess extends AutoCloseable {

	/**
	 * Return the child's process id.
	 * @return the pid
	 */
	long pid();

	/**
	 * Return the stream to its standard input.
	 * @return the stream
	 * @throws IllegalStateException if it reads a file
	 */
	StreamWriter stdin();

	/**
	 * Return the stream from its standard output.
	 * @return the stream
	 * @throws IllegalStateException if its output goes elsewhere
	 */
	StreamReader stdout();

	/**
	 * Return the stream from its standard error.
	 * @return the stream
	 * @throws IllegalStateException if its standard error goes elsewhere
	 */
	StreamReader stderr();

	/**
	 * Return the future of its exit.
	 * @return completes with the return code, whatever it is
	 */
	LoopFuture<Integer> onExit();

	/**
	 * Return the future of its result, which has nothing of its output. Cancelling it
	 * ends nothing.
	 * @return the result; fails as {@link SubprocessCommand#run()} does, with
	 * {@link java.util.concurrent.CancellationException} if it was closed before
	 */
	CompletableFuture<SubprocessResult> result();

	/**
	 * Return the child.
	 * @return the child
	 */
	Subprocess subprocess();

	/**
	 * Tear it down, unless it has ended. Waits until that is over, except in the thread
	 * of a running loop. A second call waits too.
	 */
	@Override
	void close();

}
