package io.eventloop.samples.jobrunner;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The beginning of a file, if it is text.
 */
final class Preview {

	private static final int LIMIT = 1024;

	private Preview() {
	}

	/**
	 * Read up to 1 KiB.
	 * @param file the file
	 * @return the text, or {@code null} if there is none or it is not printable UTF-8
	 */
	static @Nullable String of(File file) {
		try (InputStream in = new FileInputStream(file)) {
			byte[] bytes = in.readNBytes(LIMIT);
			return decode(bytes, bytes.length < LIMIT);
		}
		catch (IOException ex) {
			return null;
		}
	}

	private static @Nullable String decode(byte[] bytes, boolean whole) {
		CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
		CharBuffer text = CharBuffer.allocate(bytes.length);
		// A character cut in two by the limit is left out; it is not an error
		CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, whole);
		String string = text.flip().toString();
		return (!result.isError() && !string.isEmpty() && string.chars().allMatch(Preview::isPrintable)) ? string
				: null;
	}

	private static boolean isPrintable(int character) {
		return !Character.isISOControl(character) || character == '\n' || character == '\r' || character == '\t';
	}

}
