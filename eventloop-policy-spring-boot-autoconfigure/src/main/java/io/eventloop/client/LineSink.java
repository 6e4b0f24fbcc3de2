package io.eventloop.client;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Tells a consumer of lines: on the loop, or in an executor, where the child waits while
 * the lines of one chunk are consumed.
 */
final class LineSink implements OutputSink {

	private final Consumer<String> consumer;

	private final @Nullable Executor executor;

	private final Consumer<? super Throwable> failed;

	private final LineDecoder decoder;

	/**
	 * Those that are consumed in the executor.
	 */
	private final Batches<String> lines;

	/**
	 * Create a sink.
	 * @param failed told of the consumer's failure, on the loop
	 */
	LineSink(EventLoop loop, String command, CommandOutput output, OutputTarget.Lines lines,
			Consumer<? super Throwable> failed) {
		this.consumer = lines.consumer();
		this.executor = lines.executor();
		this.failed = failed;
		this.decoder = new LineDecoder(command, output, this::accept);
		this.lines = new Batches<>(loop, this.executor, (batch) -> batch.forEach(this.consumer), failed);
	}

	private void accept(String line) {
		if (this.executor != null) {
			this.lines.add(line);
		}
		else if (!this.lines.isAbandoned()) {
			this.consumer.accept(line);
		}
	}

	@Override
	public void connect(Valve pipe) {
		this.lines.connect(pipe);
	}

	@Override
	public void receive(byte[] data) {
		take(() -> this.decoder.decode(data));
	}

	@Override
	public void end(Runnable whenDone) {
		take(this.decoder::end);
		this.lines.end(whenDone);
	}

	@Override
	public void abandon() {
		this.lines.abandon();
	}

	private void take(Runnable decoding) {
		if (this.lines.isAbandoned()) {
			return;
		}
		try {
			decoding.run();
			this.lines.handOn();
		}
		catch (Throwable ex) {
			this.failed.accept(ex);
		}
	}

}
