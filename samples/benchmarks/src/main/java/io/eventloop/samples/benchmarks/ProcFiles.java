package io.eventloop.samples.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads files of the kernel.
 */
final class ProcFiles {

	/**
	 * A settings file must be read completely with the first read.
	 */
	private static final int MOST = 1 << 20;

	private ProcFiles() {
	}

	/**
	 * Find something in a file.
	 * @param file the file
	 * @param pattern the pattern to find, with a group
	 * @return the group of the first match, empty if there is none or no such file
	 */
	static Optional<String> find(String file, String pattern) {
		try (InputStream stream = Files.newInputStream(Path.of(file))) {
			String text = new String(stream.readNBytes(MOST), StandardCharsets.UTF_8);
			Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
			return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Find a number in a file.
	 * @param file the file
	 * @param pattern the pattern to find, with a group
	 * @return the number, or the largest one if there is none
	 */
	static long number(String file, String pattern) {
		return find(file, pattern).map(Long::valueOf).orElse(Long.MAX_VALUE);
	}

}
