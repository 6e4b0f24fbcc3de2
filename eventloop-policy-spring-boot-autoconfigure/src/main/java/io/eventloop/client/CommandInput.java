package io.eventloop.client;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a command reads.
 */
sealed interface CommandInput {

	/**
	 * Return whether it goes through a pipe that this process writes to.
	 */
	default boolean isFed() {
		return true;
	}

	/** Nothing. */
	record None() implements CommandInput {

		@Override
		public boolean isFed() {
			return false;
		}

	}

	/** A file, which the child opens. */
	record File(Path path) implements CommandInput {

		@Override
		public boolean isFed() {
			return false;
		}

	}

	/** Bytes. */
	@SuppressWarnings("ArrayRecordComponent")
	record Bytes(byte[] bytes) implements CommandInput {

	}

	/** Text, whose charset is known when the command runs. */
	record Text(String text) implements CommandInput {

		byte[] bytes(Charset charset) {
			return this.text.getBytes(charset);
		}

		@Override
		public String toString() {
			return "Text[%d characters]".formatted(this.text.length());
		}

	}

	/** A stream, which can be read once. */
	record Stream(InputStream stream, AtomicBoolean taken) implements CommandInput {

		InputStream take() {
			if (!this.taken.compareAndSet(false, true)) {
				throw new IllegalStateException(
						"The input stream of this command was read by a run before; give each run a stream of its own");
			}
			return this.stream;
		}

	}

	/** What a publisher publishes. */
	record Published(Flow.Publisher<ByteBuffer> publisher) implements CommandInput {

	}

}
