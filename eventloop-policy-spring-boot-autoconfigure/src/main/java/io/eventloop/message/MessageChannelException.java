package io.eventloop.message;

import java.io.Serial;
import java.util.List;
import java.util.Optional;

import io.eventloop.ExitStatus;
import org.jspecify.annotations.Nullable;

/**
 * Why a {@link MessageChannel} has ended: what its pending sends, and those after the
 * end, fail with. The message names the child, and has none of its arguments, its
 * variables and its messages; it has the last lines of the standard error, if the channel
 * reads it.
 *
 * @since 0.1.0
 */
public class MessageChannelException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Reason reason;

	private final transient @Nullable ExitStatus status;

	private final transient List<String> errorLines;

	/**
	 * Create the exception.
	 * @param reason why the channel has ended
	 * @param message what happened, a sentence
	 * @param status how the child ended, or {@code null} if it still ran
	 * @param errorLines the last lines of its standard error; may be empty
	 * @param cause what it follows from, or {@code null}
	 */
	public MessageChannelException(Reason reason, String message, @Nullable ExitStatus status, List<String> errorLines,
			@Nullable Throwable cause) {
		super(errorLines.isEmpty() ? message : message + ": " + String.join("\n", errorLines), cause);
		this.reason = reason;
		this.status = status;
		this.errorLines = List.copyOf(errorLines);
	}

	/**
	 * Return why the channel has ended.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * Return how the child ended.
	 * @return its exit status; empty if it still ran when the channel ended
	 */
	public Optional<ExitStatus> status() {
		return Optional.ofNullable(this.status);
	}

	/**
	 * Return the last lines of the child's standard error.
	 * @return 20 lines and 4 KiB at most; none if the channel does not read it
	 */
	public List<String> errorLines() {
		return this.errorLines;
	}

	/**
	 * Why a channel has ended.
	 */
	public enum Reason {

		/** {@link MessageChannel#close()} was called. */
		CLOSED,

		/** The child has exited. */
		EXITED,

		/**
		 * The child has closed its standard output, or it cannot be read; the child ran
		 * on.
		 */
		OUTPUT_ENDED,

		/** The child has closed its standard input; the child ran on. */
		INPUT_ENDED,

		/** The child has written what is no message. */
		MALFORMED,

		/** The child has written a message that is larger than the limit. */
		TOO_LARGE,

		/** The consumer of messages has thrown an exception, which is the cause. */
		CONSUMER_FAILED,

		/** The child's loop was closed. */
		LOOP_CLOSED

	}

}
