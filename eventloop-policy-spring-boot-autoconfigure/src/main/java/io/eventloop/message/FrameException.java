package io.eventloop.message;

import java.io.Serial;

/**
 * Thrown when bytes are no message. The message says what is wrong, and has nothing of
 * the content.
 */
final class FrameException extends Exception {

	@Serial
	private static final long serialVersionUID = 1L;

	private final MessageChannelException.Reason reason;

	private FrameException(MessageChannelException.Reason reason, String message) {
		super(message);
		this.reason = reason;
	}

	static FrameException malformed(String message) {
		return new FrameException(MessageChannelException.Reason.MALFORMED, message);
	}

	static FrameException tooLarge(int maxMessage) {
		return new FrameException(MessageChannelException.Reason.TOO_LARGE,
				"has written a message of more than %d bytes; raise maxMessage, or have it write less"
					.formatted(maxMessage));
	}

	MessageChannelException.Reason reason() {
		return this.reason;
	}

}
