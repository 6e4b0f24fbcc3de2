package io.eventloop.subprocess;

import java.util.OptionalInt;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Output;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessTransport;
import org.jspecify.annotations.Nullable;

/**
 * A subprocess with streams: its transport, and what the protocol has made of its pipes.
 */
final class StreamSubprocess implements Subprocess {

	private final EventLoop loop;

	private final SubprocessTransport transport;

	private final @Nullable PipeStreamWriter stdin;

	private final @Nullable PipeStreamReader stdout;

	private final @Nullable PipeStreamReader stderr;

	StreamSubprocess(EventLoop loop, SubprocessTransport transport, StreamsProtocol protocol) {
		this.loop = loop;
		this.transport = transport;
		this.stdin = protocol.stdin();
		this.stdout = protocol.stdout();
		this.stderr = protocol.stderr();
	}

	@Override
	public long pid() {
		return this.transport.pid();
	}

	@Override
	public @Nullable PipeStreamWriter stdin() {
		return this.stdin;
	}

	@Override
	public @Nullable PipeStreamReader stdout() {
		return this.stdout;
	}

	@Override
	public @Nullable PipeStreamReader stderr() {
		return this.stderr;
	}

	@Override
	public OptionalInt returnCode() {
		return this.transport.returnCode();
	}

	@Override
	public LoopFuture<Integer> onExit() {
		return this.transport.onExit();
	}

	@Override
	public LoopFuture<Integer> onDrained() {
		return this.transport.onDrained();
	}

	@Override
	public LoopFuture<Output> communicate(byte @Nullable [] input) {
		return communicate(input, this.loop.getChildLimits().maxOutput());
	}

	@Override
	public LoopFuture<Output> communicate(byte @Nullable [] input, long maxOutput) {
		if (maxOutput < 0) {
			throw new IllegalArgumentException(
					"Cannot collect %d bytes of an output; give 0 or more".formatted(maxOutput));
		}
		if (input != null && input.length > 0 && this.stdin == null) {
			throw new IllegalArgumentException(
					"Process %d cannot be given input, for its standard input is no pipe; start it with stdin(PIPE)"
						.formatted(pid()));
		}
		return new Communication(this.loop, this, input, maxOutput).begin();
	}

	@Override
	public SubprocessTransport transport() {
		return this.transport;
	}

	@Override
	public String toString() {
		return "Subprocess[%s]".formatted(this.transport);
	}

}
