package io.eventloop.subprocess;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

import io.eventloop.posix.Descriptors;

/**
 * A pipe from one child to another, through which no byte passes this process. It is
 * opened anew for each child, by its name in {@code /proc/self/fd}, so that both ends
 * here have to stay open until both children are started, and be closed then: the reader
 * sees no end as long as a process holds the end to write to. From any thread.
 *
 * @since 0.1.0
 */
public final class ChildPipe implements Closeable {

	private static final String DESCRIPTORS = "/proc/self/fd/";

	private final Descriptors.Pipe pipe;

	private boolean closed;

	private ChildPipe(Descriptors.Pipe pipe) {
		this.pipe = pipe;
	}

	/**
	 * Open a pipe.
	 * @return the pipe, to be closed once both children are started
	 * @throws IOException if there are too many open files
	 */
	public static ChildPipe open() throws IOException {
		return new ChildPipe(Descriptors.pipe());
	}

	/**
	 * Return the end that a child writes to.
	 * @return a redirect for its standard output or error
	 */
	public Redirect writeEnd() {
		return Redirect.to(new File(DESCRIPTORS + this.pipe.writeEnd()));
	}

	/**
	 * Return the end that a child reads.
	 * @return a redirect for its standard input
	 */
	public Redirect readEnd() {
		return Redirect.from(new File(DESCRIPTORS + this.pipe.readEnd()));
	}

	/**
	 * Close the ends here. A second call does nothing.
	 */
	@Override
	public synchronized void close() {
		if (!this.closed) {
			this.closed = true;
			Descriptors.close(this.pipe.readEnd());
			Descriptors.close(this.pipe.writeEnd());
		}
	}

}
