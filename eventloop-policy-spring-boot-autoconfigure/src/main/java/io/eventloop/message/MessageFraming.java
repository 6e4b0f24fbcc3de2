package io.eventloop.message;

import java.nio.charset.StandardCharsets;

/**
 * How messages are told apart in a stream of bytes.
 *
 * @since 0.1.0
 */
public enum MessageFraming {

	/**
	 * One message a line, as the Model Context Protocol has it. A line ends with LF or
	 * CRLF; empty lines are skipped. A message cannot contain a line break, nor be empty.
	 */
	LINES {

		@Override
		FrameReader reader(int maxMessage) {
			return new LineReader(maxMessage);
		}

		@Override
		byte[] frame(byte[] message) {
			requireOneLine(message);
			byte[] frame = new byte[message.length + 1];
			System.arraycopy(message, 0, frame, 0, message.length);
			frame[message.length] = '\n';
			return frame;
		}

	},

	/**
	 * A header with the number of bytes before each message, as the Language Server
	 * Protocol and the Debug Adapter Protocol have it: lines that end with CRLF, and an
	 * empty one. Names of fields are read in any case, and other fields than
	 * {@code Content-Length} are ignored. A header has 8 KiB at most.
	 */
	CONTENT_LENGTH {

		@Override
		FrameReader reader(int maxMessage) {
			return new ContentLengthReader(maxMessage);
		}

		@Override
		byte[] frame(byte[] message) {
			byte[] header = ("Content-Length: " + message.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
			byte[] frame = new byte[header.length + message.length];
			System.arraycopy(header, 0, frame, 0, header.length);
			System.arraycopy(message, 0, frame, header.length, message.length);
			return frame;
		}

	};

	/**
	 * Create what finds the messages in the bytes of one stream.
	 * @param maxMessage how many bytes a message may have
	 */
	abstract FrameReader reader(int maxMessage);

	/**
	 * Return a message as it is written.
	 * @throws IllegalArgumentException if it cannot be framed
	 */
	abstract byte[] frame(byte[] message);

	private static void requireOneLine(byte[] message) {
		if (message.length == 0) {
			throw new IllegalArgumentException(
					"An empty message cannot be sent as a line, for empty lines are skipped; send nothing instead");
		}
		for (int i = 0; i < message.length; i++) {
			if (message[i] == '\n' || message[i] == '\r') {
				throw new IllegalArgumentException(
						"The message has a line break at byte %d of %d, where the other end would cut it; write it on one line, or use CONTENT_LENGTH"
							.formatted(i, message.length));
			}
		}
	}

}
