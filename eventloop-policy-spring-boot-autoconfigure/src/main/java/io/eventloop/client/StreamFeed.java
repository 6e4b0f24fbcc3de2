package io.eventloop.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.WriteTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what a stream has, which is read in the loop's executor, one piece after the
 * other. The stream is closed at the end, once the read in progress has returned.
 */
final class StreamFeed implements InputFeed {

	private static final Logger logger = LoggerFactory.getLogger(StreamFeed.class);

	private final EventLoop loop;

	private final InputStream stream;

	private final Consumer<? super Throwable> failed;

	private @Nullable WriteTransport pipe;

	private boolean paused;

	private boolean reading;

	private boolean over;

	private long written;

	StreamFeed(EventLoop loop, InputStream stream, Consumer<? super Throwable> failed) {
		this.loop = loop;
		this.stream = stream;
		this.failed = failed;
	}

	@Override
	public void start(WriteTransport transport) {
		this.pipe = transport;
		read();
	}

	private void read() {
		if (this.paused || this.reading || this.over) {
			return;
		}
		this.reading = true;
		try {
			this.loop.runInExecutor(null, this::readSome).whenComplete(this::write);
		}
		catch (RuntimeException ex) {
			write(null, ex);
		}
	}

	/**
	 * Read what is there, waiting until something is: a child may answer before the
	 * stream has more.
	 */
	private byte[] readSome() throws IOException {
		byte[] data = new byte[CHUNK];
		int count = this.stream.read(data);
		if (count == data.length) {
			return data;
		}
		byte[] some = new byte[Math.max(0, count)];
		System.arraycopy(data, 0, some, 0, some.length);
		return some;
	}

	private void write(byte @Nullable [] data, @Nullable Throwable failure) {
		this.reading = false;
		if (this.over) {
			closeStream();
			return;
		}
		if (failure != null) {
			this.failed.accept(failure);
			return;
		}
		WriteTransport transport = this.pipe;
		if (transport == null || data == null) {
			return;
		}
		if (data.length == 0 || transport.isClosing()) {
			transport.writeEof();
			stop();
			return;
		}
		transport.write(data);
		this.written += data.length;
		read();
	}

	@Override
	public void pause() {
		this.paused = true;
	}

	@Override
	public void resume() {
		this.paused = false;
		read();
	}

	@Override
	public long written() {
		return this.written;
	}

	@Override
	public void stop() {
		if (!this.over) {
			this.over = true;
			this.pipe = null;
			if (!this.reading) {
				closeStream();
			}
		}
	}

	private void closeStream() {
		OffLoop.run(this.loop, () -> {
			try {
				this.stream.close();
			}
			catch (IOException ex) {
				logger.debug("The input stream of a command could not be closed", ex);
			}
		});
	}

}
