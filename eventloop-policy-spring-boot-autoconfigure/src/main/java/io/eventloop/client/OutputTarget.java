package io.eventloop.client;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Where one of the outputs of a command goes.
 */
sealed interface OutputTarget {

	/**
	 * Return whether it is read here, and handed on as it comes.
	 */
	default boolean isConsumed() {
		return false;
	}

	/** To the caller, once the command has ended. */
	record Collected() implements OutputTarget {

	}

	/** Nowhere. */
	record Discarded() implements OutputTarget {

	}

	/** To a file, which the child writes. */
	record File(Path path) implements OutputTarget {

		public File {
			Objects.requireNonNull(path, "'file' must not be null");
		}

	}

	/** To a stream, which the loop's executor writes. */
	record Stream(OutputStream stream) implements OutputTarget {

		public Stream {
			Objects.requireNonNull(stream, "'output' must not be null");
		}

		@Override
		public boolean isConsumed() {
			return true;
		}

	}

	/**
	 * To a consumer of lines.
	 *
	 * @param executor where the consumer is called; {@code null} for the loop
	 */
	record Lines(Consumer<String> consumer, @Nullable Executor executor) implements OutputTarget {

		public Lines {
			Objects.requireNonNull(consumer, "'consumer' must not be null");
		}

		@Override
		public boolean isConsumed() {
			return true;
		}

	}

}
