package io.eventloop.selector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;

/**
 * Java's selector, with channels.
 */
final class ChannelCandidate extends SelectorCandidate<SelectableChannel> {

	private final NioSelector selector = new NioSelector();

	ChannelCandidate() throws IOException {
		super(pipe());
	}

	private static Ends<SelectableChannel> pipe() throws IOException {
		Pipe pipe = Pipe.open();
		pipe.source().configureBlocking(false);
		pipe.sink().configureBlocking(false);
		return new Ends<>(pipe.source(), pipe.sink());
	}

	@Override
	NioSelector selector() {
		return this.selector;
	}

	@Override
	void register(SelectableChannel end, int interest) {
		this.selector.register(end, interest, end);
	}

	@Override
	void modify(SelectableChannel end, int interest) {
		this.selector.modify(end, interest);
	}

	@Override
	void unregister(SelectableChannel end) {
		this.selector.unregister(end);
	}

	@Override
	SelectableChannel ready(int index) {
		return (SelectableChannel) this.selector.attachment(index);
	}

	@Override
	void write() throws IOException {
		((Pipe.SinkChannel) this.writeEnd).write(ByteBuffer.allocate(1));
	}

	@Override
	void read() throws IOException {
		((Pipe.SourceChannel) this.readEnd).read(ByteBuffer.allocate(1));
	}

	@Override
	void close(SelectableChannel end) {
		try {
			end.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
