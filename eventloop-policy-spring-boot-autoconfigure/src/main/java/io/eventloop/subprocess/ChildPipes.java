package io.eventloop.subprocess;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.BiFunction;

import io.eventloop.ReadPipeProtocol;
import io.eventloop.SubprocessProtocol;
import io.eventloop.Transport;
import io.eventloop.WritePipeProtocol;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.pipe.FillableReader;
import io.eventloop.pipe.PipeReactor;
import io.eventloop.pipe.PipeTransport;
import io.eventloop.pipe.ReadPipeTransport;
import io.eventloop.pipe.WritePipeTransport;
import org.jspecify.annotations.Nullable;

/**
 * The pipes to one child, whose events go to one protocol. Belongs to the loop's thread.
 */
final class ChildPipes {

	private static final String[] NAMES = { "stdin", "stdout", "stderr" };

	private final ProtocolCalls calls;

	private final SubprocessProtocol protocol;

	private final Runnable allLost;

	private final BiFunction<String, OutOfMemoryError, IOException> outOfMemory;

	private final @Nullable PipeTransport[] pipes = new PipeTransport[NAMES.length];

	private int open;

	/**
	 * Take over our ends of the pipes.
	 * @param outOfMemory ends the child where the data of a pipe, which is named, find no
	 * memory, and returns the reason
	 */
	ChildPipes(PipeReactor reactor, Child child, SubprocessProtocol protocol, ProtocolCalls calls, Runnable allLost,
			BiFunction<String, OutOfMemoryError, IOException> outOfMemory) {
		this.outOfMemory = outOfMemory;
		this.protocol = protocol;
		this.calls = calls;
		this.allLost = allLost;
		try {
			for (int stream = 0; stream < NAMES.length; stream++) {
				if (child.isPipe(stream)) {
					this.pipes[stream] = make(stream, child.ourEnd(stream), reactor);
					this.open++;
				}
			}
		}
		catch (RuntimeException | Error ex) {
			// All of them remain the child's, which closes them
			for (PipeTransport pipe : this.pipes) {
				if (pipe != null) {
					pipe.disown();
				}
			}
			throw ex;
		}
	}

	private PipeTransport make(int stream, int fd, PipeReactor reactor) {
		return (stream == ChildStreams.STDIN) ? new WritePipeTransport(new InputEvents(), reactor, fd, this.protocol)
				: new ReadPipeTransport(new OutputEvents(stream), reactor, fd, this.protocol);
	}

	@Nullable Transport get(int stream) {
		return (stream >= 0 && stream < NAMES.length) ? this.pipes[stream] : null;
	}

	boolean areAllLost() {
		return this.open == 0;
	}

	void start() {
		for (PipeTransport pipe : made()) {
			if (pipe instanceof ReadPipeTransport output) {
				output.startReading();
			}
			else if (pipe instanceof WritePipeTransport input) {
				input.watchPeer();
			}
		}
	}

	void close() {
		made().forEach(Transport::close);
	}

	/**
	 * Close them without another pass of the loop.
	 */
	void lose(@Nullable Throwable reason) {
		made().forEach((pipe) -> pipe.lose(reason));
	}

	private List<PipeTransport> made() {
		List<PipeTransport> made = new ArrayList<>(NAMES.length);
		for (PipeTransport pipe : this.pipes) {
			if (pipe != null) {
				made.add(pipe);
			}
		}
		return made;
	}

	private void lost(int stream, @Nullable Throwable exception) {
		this.open--;
		try {
			this.calls.call(lossOf(stream, exception));
		}
		finally {
			if (areAllLost()) {
				this.allLost.run();
			}
		}
	}

	private @Nullable Throwable reason(int stream, @Nullable Throwable exception) {
		if (exception != null && exception.getCause() instanceof OutOfMemoryError error) {
			return this.outOfMemory.apply((stream == ChildStreams.STDIN) ? "input" : "output", error);
		}
		return exception;
	}

	/**
	 * Make the call that tells the protocol, as soon as there is memory for it: futures
	 * wait for the pipe.
	 */
	private Runnable lossOf(int stream, @Nullable Throwable exception) {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				Throwable reason = reason(stream, exception);
				return () -> this.protocol.pipeConnectionLost(stream, reason);
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
		}
	}

	void describe(StringJoiner text) {
		for (int stream = 0; stream < NAMES.length; stream++) {
			if (this.pipes[stream] != null) {
				text.add(NAMES[stream] + "=" + this.pipes[stream]);
			}
		}
	}

	private final class InputEvents implements WritePipeProtocol {

		/**
		 * Allocated before there is something to tell, as there may be no memory then.
		 */
		private final Runnable pause = ChildPipes.this.protocol::pauseWriting;

		private final Runnable resume = ChildPipes.this.protocol::resumeWriting;

		@Override
		public void pauseWriting() {
			ChildPipes.this.calls.call(this.pause);
		}

		@Override
		public void resumeWriting() {
			ChildPipes.this.calls.call(this.resume);
		}

		@Override
		public void connectionLost(@Nullable Throwable exception) {
			lost(ChildStreams.STDIN, exception);
		}

	}

	private final class OutputEvents implements ReadPipeProtocol, FillableReader {

		private final int stream;

		OutputEvents(int stream) {
			this.stream = stream;
		}

		/**
		 * Only our own streams take anything here, before the protocol is called.
		 */
		@Override
		public void fill(ByteBuffer data) {
			if (ChildPipes.this.protocol instanceof StreamsProtocol streams) {
				streams.fill(this.stream, data);
			}
		}

		@Override
		public void dataReceived(byte[] data) {
			ChildPipes.this.calls.call(() -> ChildPipes.this.protocol.pipeDataReceived(this.stream, data));
		}

		@Override
		public void connectionLost(@Nullable Throwable exception) {
			lost(this.stream, exception);
		}

	}

}
