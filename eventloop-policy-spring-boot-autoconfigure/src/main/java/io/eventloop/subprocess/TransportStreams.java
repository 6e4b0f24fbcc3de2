package io.eventloop.subprocess;

import java.io.IOException;
import java.util.function.Function;

import io.eventloop.EventLoop;
import io.eventloop.SocketTransport;
import io.eventloop.StreamReader;
import io.eventloop.StreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * The two streams of a connection, and what its protocol tells them. All but the streams
 * belongs to the loop's thread.
 *
 * @since 0.1.0
 */
public final class TransportStreams {

	private final PipeStreamReader reader;

	private final PipeStreamWriter writer;

	/**
	 * Create the streams.
	 * @param loop the connection's loop
	 * @param transport the connection
	 * @param limit of the reader, in bytes
	 * @param outOfMemory ends the connection where there is no memory for its data, and
	 * returns the reason
	 */
	public TransportStreams(EventLoop loop, SocketTransport transport, int limit,
			Function<OutOfMemoryError, IOException> outOfMemory) {
		this.reader = new PipeStreamReader(loop, transport, limit, null, outOfMemory);
		this.writer = new PipeStreamWriter(loop, transport,
				"The connection is closed; nothing can be written any more");
	}

	/**
	 * Return what is received.
	 * @return the reader
	 */
	public StreamReader reader() {
		return this.reader;
	}

	/**
	 * Return what is sent.
	 * @return the writer
	 */
	public StreamWriter writer() {
		return this.writer;
	}

	/**
	 * Take what was received.
	 * @param data the bytes; the array belongs to the stream from now on
	 */
	public void feed(byte[] data) {
		this.reader.feed(data);
	}

	/**
	 * Nothing more will be received.
	 */
	public void end() {
		this.reader.end();
	}

	/**
	 * The writer is to pause.
	 */
	public void pauseWriting() {
		this.writer.pauseWriting();
	}

	/**
	 * The writer may go on.
	 */
	public void resumeWriting() {
		this.writer.resumeWriting();
	}

	/**
	 * The connection is over.
	 * @param exception why, or {@code null} if it has ended or was closed
	 */
	public void connectionLost(@Nullable Throwable exception) {
		if (exception != null) {
			this.reader.fail(exception);
		}
		else {
			this.reader.end();
		}
		this.writer.connectionLost(exception);
	}

}
