package io.eventloop.subprocess;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.eventloop.memory.RepeatableCallback;
import io.eventloop.pipe.PipeReactor;
import org.jspecify.annotations.Nullable;

/**
 * One of our ends of the pipes to a child of {@link ProcessBuilder}'s, over its blocking
 * stream: a thread reads or writes, and the loop is told what is complete. Everything but
 * {@link #close()} belongs to the loop's thread.
 */
interface BlockingPipe {

	/**
	 * Set what to run when something was read, or, of an end to write to, when its reader
	 * is gone.
	 */
	void watchReading(@Nullable RepeatableCallback ready);

	/**
	 * Set what to run when everything was written.
	 */
	void watchWriting(@Nullable RepeatableCallback ready);

	/**
	 * As {@link PipeReactor#read}.
	 */
	int read(ByteBuffer buffer) throws IOException;

	/**
	 * As {@link PipeReactor#write}.
	 */
	int write(ByteBuffer buffer) throws IOException;

	/**
	 * Close it, from any thread, at the latest when the read or write in progress ends.
	 */
	void close();

}
