package io.eventloop.posix;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of file names. The JDK writes a name in the charset of the locale
 * ({@code sun.jnu.encoding}), so a name is the same file here as in {@code java.io.File};
 * but what the locale cannot write, such as an umlaut under {@code LC_ALL=C}, is UTF-8,
 * where the JDK makes it a question mark. A {@link Path} has bytes already, which may be
 * no text in the locale: those are kept.
 */
final class FileNames {

	/**
	 * The charset of the locale, null where it is UTF-8.
	 */
	private static final @Nullable Charset LOCALE = locale(System.getProperty("sun.jnu.encoding", "UTF-8"));

	private static final char UNKNOWN = '\uFFFD';

	private FileNames() {
	}

	static byte[] encode(String name) {
		return encode(name, LOCALE);
	}

	static byte[] encode(String name, @Nullable Charset locale) {
		if (locale != null) {
			try {
				ByteBuffer bytes = locale.newEncoder().encode(CharBuffer.wrap(name));
				byte[] encoded = new byte[bytes.remaining()];
				bytes.get(encoded);
				return encoded;
			}
			catch (CharacterCodingException ex) {
				return name.getBytes(StandardCharsets.UTF_8);
			}
		}
		return name.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * The bytes of a path of the default file system.
	 */
	static byte[] encode(Path path) {
		String name = path.toString();
		return (name.indexOf(UNKNOWN) < 0) ? encode(name) : decodePercents(path.toUri().getRawPath());
	}

	/**
	 * A path's URI has its bytes, whatever their meaning.
	 */
	private static byte[] decodePercents(String escaped) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length());
		for (int i = 0; i < escaped.length(); i++) {
			char next = escaped.charAt(i);
			if (next == '%') {
				bytes.write(Integer.parseInt(escaped, i + 1, i + 3, 16));
				i += 2;
			}
			else {
				bytes.write(next);
			}
		}
		return bytes.toByteArray();
	}

	static @Nullable Charset locale(String name) {
		Charset charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
		return charset.equals(StandardCharsets.UTF_8) ? null : charset;
	}

}
