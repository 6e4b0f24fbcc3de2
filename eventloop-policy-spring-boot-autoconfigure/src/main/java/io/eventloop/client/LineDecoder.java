package io.eventloop.client;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts bytes into lines, which end with {@code \n} or {@code \r\n}. What is no text in
 * the charset is replaced, which is said once.
 */
final class LineDecoder implements Decoder {

	private static final Logger logger = LoggerFactory.getLogger(LineDecoder.class);

	private static final int BUFFER = 8 * 1024;

	private static final byte[] NOTHING = {};

	private final String command;

	private final CharsetDecoder charset;

	private final int maxLine;

	private final Consumer<? super String> lines;

	private final CharBuffer decoded = CharBuffer.allocate(BUFFER);

	private final StringBuilder line = new StringBuilder();

	/**
	 * The first bytes of a character whose others have not come.
	 */
	private byte[] begun = NOTHING;

	private boolean replaced;

	/**
	 * Create a decoder.
	 * @param command the command's name, for messages
	 * @param output the charset, and how long a line may be
	 * @param lines told of each line
	 */
	LineDecoder(String command, CommandOutput output, Consumer<? super String> lines) {
		this.command = command;
		this.charset = output.charset().newDecoder();
		this.maxLine = output.limits().maxLine();
		this.lines = lines;
	}

	@Override
	public void decode(byte[] data) {
		decode(data, false);
	}

	@Override
	public void end() {
		decode(NOTHING, true);
		if (!this.line.isEmpty()) {
			endLine();
		}
	}

	private void decode(byte[] data, boolean last) {
		ByteBuffer bytes = join(data);
		while (true) {
			CoderResult result = this.charset.decode(bytes, this.decoded, last);
			if (result.isUnderflow() && last) {
				this.charset.flush(this.decoded);
			}
			cut();
			if (result.isError()) {
				replace(bytes, result.length());
			}
			else if (result.isUnderflow()) {
				this.begun = new byte[bytes.remaining()];
				bytes.get(this.begun);
				return;
			}
		}
	}

	private ByteBuffer join(byte[] data) {
		if (this.begun.length == 0) {
			return ByteBuffer.wrap(data);
		}
		ByteBuffer joined = ByteBuffer.allocate(this.begun.length + data.length);
		return joined.put(this.begun).put(data).flip();
	}

	private void replace(ByteBuffer bytes, int length) {
		bytes.position(bytes.position() + length);
		this.line.append(this.charset.replacement());
		if (!this.replaced) {
			this.replaced = true;
			logger.warn("{} writes what is no text in {}; it is replaced. Set its charset, or read its bytes",
					this.command, this.charset.charset());
		}
	}

	/**
	 * Cut what was decoded into lines.
	 */
	private void cut() {
		this.decoded.flip();
		while (this.decoded.hasRemaining()) {
			int end = indexOfEnd();
			int length = ((end < 0) ? this.decoded.limit() : end) - this.decoded.position();
			this.line.append(this.decoded.array(), this.decoded.position(), length);
			this.decoded.position(this.decoded.position() + length);
			requireShort();
			if (end >= 0) {
				this.decoded.get();
				endLine();
			}
		}
		this.decoded.clear();
	}

	private int indexOfEnd() {
		for (int i = this.decoded.position(); i < this.decoded.limit(); i++) {
			if (this.decoded.get(i) == '\n') {
				return i;
			}
		}
		return -1;
	}

	private void requireShort() {
		if (this.line.length() > this.maxLine) {
			throw new OutputLimitException(this.command,
					"%s has written a line of more than %d characters; raise maxLine, or read its bytes"
						.formatted(this.command, this.maxLine),
					this.maxLine);
		}
	}

	private void endLine() {
		int length = this.line.length();
		if (length > 0 && this.line.charAt(length - 1) == '\r') {
			this.line.setLength(length - 1);
		}
		String text = this.line.toString();
		this.line.setLength(0);
		this.lines.accept(text);
	}

}
