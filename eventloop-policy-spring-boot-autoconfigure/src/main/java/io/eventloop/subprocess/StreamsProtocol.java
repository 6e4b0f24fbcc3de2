package io.eventloop.subprocess;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

import io.eventloop.EventLoop;
import io.eventloop.ReadTransport;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessTransport;
import io.eventloop.WriteTransport;
import org.jspecify.annotations.Nullable;

/**
 * Turns the events of a subprocess into streams. Belongs to the loop's thread.
 */
final class StreamsProtocol implements SubprocessProtocol {

	private final EventLoop loop;

	private final int limit;

	private final Duration patience;

	private @Nullable SubprocessTransport transport;

	private @Nullable PipeStreamWriter stdin;

	private @Nullable PipeStreamReader stdout;

	private @Nullable PipeStreamReader stderr;

	private int openOutputs;

	private boolean exited;

	StreamsProtocol(EventLoop loop, int limit) {
		this(loop, limit, StallReport.PATIENCE);
	}

	StreamsProtocol(EventLoop loop, int limit, Duration patience) {
		this.loop = loop;
		this.limit = limit;
		this.patience = patience;
	}

	@Nullable PipeStreamWriter stdin() {
		return this.stdin;
	}

	@Nullable PipeStreamReader stdout() {
		return this.stdout;
	}

	@Nullable PipeStreamReader stderr() {
		return this.stderr;
	}

	@Override
	public void connectionMade(SubprocessTransport made) {
		this.transport = made;
		this.stdout = reader(made, ChildStreams.STDOUT, "standard output");
		this.stderr = reader(made, ChildStreams.STDERR, "standard error");
		if (made.pipeTransport(ChildStreams.STDIN) instanceof WriteTransport pipe) {
			this.stdin = new PipeStreamWriter(this.loop, pipe,
					"The child's standard input is closed; nothing can be written any more");
		}
	}

	private @Nullable PipeStreamReader reader(SubprocessTransport child, int stream, String name) {
		if (child.pipeTransport(stream) instanceof ReadTransport pipe) {
			this.openOutputs++;
			StallReport stall = new StallReport(this.loop, name, this.patience, child);
			return new PipeStreamReader(this.loop, pipe, this.limit, stall, (error) -> outOfMemory(child, error));
		}
		return null;
	}

	private static IOException outOfMemory(SubprocessTransport child, OutOfMemoryError error) {
		return (child instanceof ChildTransport own) ? own.outOfMemory("output", error) : new IOException(error);
	}

	/**
	 * Give what was read to a read that takes it without a copy in between. The rest is
	 * {@linkplain #pipeDataReceived received} next.
	 */
	void fill(int fd, ByteBuffer data) {
		PipeStreamReader reader = output(fd);
		if (reader != null) {
			reader.fill(data);
		}
	}

	@Override
	public void pipeDataReceived(int fd, byte[] data) {
		PipeStreamReader reader = output(fd);
		if (reader != null) {
			reader.feed(data);
		}
	}

	@Override
	public void pipeConnectionLost(int fd, @Nullable Throwable exception) {
		PipeStreamReader reader = output(fd);
		if (reader != null) {
			this.openOutputs--;
			if (exception != null) {
				reader.fail(exception);
			}
			else {
				reader.end();
			}
		}
		else if (this.stdin != null) {
			this.stdin.connectionLost(exception);
		}
		closeIfOver();
	}

	@Override
	public void processExited() {
		this.exited = true;
		closeIfOver();
	}

	/**
	 * Close what is left when the child is dead and has said everything: its standard
	 * input, which a grandchild may still hold.
	 */
	private void closeIfOver() {
		if (this.exited && this.openOutputs == 0 && this.transport != null) {
			this.transport.close();
		}
	}

	@Override
	public void pauseWriting() {
		if (this.stdin != null) {
			this.stdin.pauseWriting();
		}
	}

	@Override
	public void resumeWriting() {
		if (this.stdin != null) {
			this.stdin.resumeWriting();
		}
	}

	private @Nullable PipeStreamReader output(int fd) {
		return switch (fd) {
			case ChildStreams.STDOUT -> this.stdout;
			case ChildStreams.STDERR -> this.stderr;
			default -> null;
		};
	}

}
