package io.eventloop.message;

import java.time.Duration;
import java.util.List;

import io.eventloop.ExitStatus;
import io.eventloop.Signal;
import io.eventloop.Subprocess;
import io.eventloop.message.MessageChannelException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Puts the end of a channel into words.
 */
final class ChannelEnd {

	private final Subprocess child;

	private final String name;

	private final ErrorTail errors;

	ChannelEnd(Subprocess child, ErrorTail errors) {
		this.child = child;
		this.name = "Process %d (%s)".formatted(child.pid(), child.transport().name());
		this.errors = errors;
	}

	MessageChannelException closed() {
		return because(Reason.CLOSED, "The channel to %s was closed".formatted(this.name), null, null);
	}

	MessageChannelException loopClosed() {
		return because(Reason.LOOP_CLOSED,
				"The channel to %s has ended, as the loop of the process was closed".formatted(this.name), null, null);
	}

	/**
	 * The child has exited.
	 * @param code its return code
	 * @param pending how many bytes of an incomplete message it has left
	 */
	MessageChannelException exited(int code, int pending) {
		ExitStatus status = status(code);
		String rest = (pending > 0) ? ", and left an incomplete message of %d bytes".formatted(pending) : "";
		return because(Reason.EXITED, this.name + " " + text(status) + rest, status, null);
	}

	MessageChannelException outputEnded(Duration patience, @Nullable Throwable cause) {
		return because(Reason.OUTPUT_ENDED,
				"%s has closed its standard output, or it cannot be read, and still ran %d ms later"
					.formatted(this.name, patience.toMillis()),
				null, cause);
	}

	MessageChannelException inputEnded(Duration patience, Throwable cause) {
		return because(Reason.INPUT_ENDED,
				"%s has closed its standard input, and still ran %d ms later".formatted(this.name, patience.toMillis()),
				null, cause);
	}

	MessageChannelException malformed(FrameException problem) {
		return because(problem.reason(), this.name + " " + problem.getMessage(), null, null);
	}

	MessageChannelException consumerFailed(Throwable problem) {
		return because(Reason.CONSUMER_FAILED,
				"The consumer of the messages of %s has thrown %s".formatted(this.name, problem.getClass().getName()),
				null, problem);
	}

	private MessageChannelException because(Reason reason, String sentence, @Nullable ExitStatus status,
			@Nullable Throwable cause) {
		List<String> lines = (reason == Reason.CLOSED) ? List.of() : this.errors.lines();
		return new MessageChannelException(reason, sentence, status, lines, cause);
	}

	private ExitStatus status(int code) {
		return this.child.transport()
			.exit()
			.map((exit) -> exit.status())
			.orElseGet(() -> (code < 0) ? new ExitStatus.Signaled(-code, false) : new ExitStatus.Exited(code));
	}

	private static String text(ExitStatus status) {
		if (status instanceof ExitStatus.Signaled signaled) {
			return "was ended by " + Signal.of(signaled.signal());
		}
		if (status instanceof ExitStatus.Lost lost) {
			return "has ended, but its exit status is unknown: " + lost.reason();
		}
		return "ended with exit code " + status.returnCode();
	}

}
