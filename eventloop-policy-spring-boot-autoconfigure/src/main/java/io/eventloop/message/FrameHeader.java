package io.eventloop.message;

import java.nio.charset.StandardCharsets;

/**
 * The header of one message, line by line.
 */
final class FrameHeader {

	private static final int MAX_SIZE = 8 * 1024;

	private static final int MAX_DIGITS = 18;

	private static final String HINT = "; does the program print something else to its standard output?";

	private int size;

	private int lines;

	private long contentLength = -1;

	int size() {
		return this.size;
	}

	/**
	 * Throw if the header would be too large.
	 * @param more how many bytes more there are of it
	 */
	void requireShort(int more) throws FrameException {
		if (this.size + more > MAX_SIZE) {
			throw FrameException
				.malformed("has written a header of more than %d bytes before a message".formatted(MAX_SIZE) + HINT);
		}
	}

	/**
	 * Take the next line, with its end.
	 * @return whether it was the empty one, after which the message begins
	 */
	boolean isEndedBy(byte[] bytes) throws FrameException {
		this.lines++;
		this.size += bytes.length;
		String line = new String(bytes, StandardCharsets.ISO_8859_1);
		if (!line.endsWith("\r\n")) {
			throw malformed("ends with LF alone, where CRLF belongs");
		}
		if (line.length() == 2) {
			return true;
		}
		int colon = line.indexOf(':');
		if (colon <= 0) {
			throw malformed("has no name before a colon");
		}
		if (line.substring(0, colon).strip().equalsIgnoreCase("Content-Length")) {
			contentLength(line.substring(colon + 1).strip());
		}
		return false;
	}

	private void contentLength(String value) throws FrameException {
		if (this.contentLength >= 0) {
			throw malformed("gives a second Content-Length");
		}
		if (value.isEmpty() || value.length() > MAX_DIGITS || !value.chars().allMatch((c) -> c >= '0' && c <= '9')) {
			throw malformed("gives a Content-Length that is no number of bytes");
		}
		this.contentLength = Long.parseLong(value);
	}

	/**
	 * Return the length of the message.
	 */
	int contentLength(int maxMessage) throws FrameException {
		if (this.contentLength < 0) {
			throw FrameException.malformed("has written a header without Content-Length before a message" + HINT);
		}
		if (this.contentLength > maxMessage) {
			throw FrameException.tooLarge(maxMessage);
		}
		return (int) this.contentLength;
	}

	private FrameException malformed(String what) {
		return FrameException.malformed("has written a header whose line %d %s".formatted(this.lines, what) + HINT);
	}

}
