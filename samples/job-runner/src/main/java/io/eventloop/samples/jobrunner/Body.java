package io.eventloop.samples.jobrunner;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;

import io.eventloop.BrokenPipeException;
import io.eventloop.StreamWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.unit.DataSize;

/**
 * The body of a request, taken chunk by chunk in the thread that serves the request.
 */
final class Body {

	private static final Logger logger = LoggerFactory.getLogger(Body.class);

	private static final int CHUNK = 32 * 1024;

	private final InputStream in;

	private final DataSize limit;

	Body(InputStream in, DataSize limit) {
		this.in = in;
		this.limit = limit;
	}

	/**
	 * Send it to the job's child, as fast as that reads.
	 * @param job the job
	 * @param stdin the child's standard input
	 * @throws IOException if this thread is interrupted
	 */
	void sendTo(Job job, StreamWriter stdin) throws IOException {
		copy(job, (chunk) -> {
			stdin.write(chunk);
			return drained(job, stdin);
		});
		stdin.writeEof();
	}

	/**
	 * Keep it for a job that has to wait.
	 * @param job the job
	 * @param file where to keep it
	 * @throws IOException if it cannot be kept
	 */
	void keepFor(Job job, File file) throws IOException {
		try (OutputStream out = new FileOutputStream(file)) {
			copy(job, (chunk) -> {
				out.write(chunk);
				return true;
			});
		}
	}

	/**
	 * What the child leaves unread is taken all the same, so that the client can hear the
	 * answer.
	 */
	private void copy(Job job, Sink sink) throws IOException {
		byte[] buffer = new byte[CHUNK];
		boolean open = true;
		int length = read(buffer);
		while (length > 0 && job.state() != Job.State.CANCELLED) {
			job.received(length);
			if (job.bytesIn() > this.limit.toBytes()) {
				throw JobProblem.bodyTooLarge(this.limit);
			}
			open = open && sink.write((length < CHUNK) ? Arrays.copyOf(buffer, length) : buffer);
			length = read(buffer);
		}
	}

	private int read(byte[] buffer) {
		try {
			return this.in.readNBytes(buffer, 0, buffer.length);
		}
		catch (IOException ex) {
			throw JobProblem.bodyIncomplete(ex);
		}
	}

	private static boolean drained(Job job, StreamWriter stdin) throws IOException {
		try {
			stdin.drain().get();
			return true;
		}
		catch (ExecutionException ex) {
			if (!(ex.getCause() instanceof BrokenPipeException)) {
				logger.warn("Job {} cannot be sent more of its body", job.id(), ex.getCause());
			}
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Interrupted while job %d read its body".formatted(job.id()));
		}
	}

	/**
	 * Where chunks go.
	 */
	@FunctionalInterface
	private interface Sink {

		/**
		 * Write a chunk.
		 * @param chunk the chunk, which the caller may overwrite afterwards
		 * @return whether more is wanted
		 * @throws IOException if it cannot be written
		 */
		boolean write(byte[] chunk) throws IOException;

	}

}
