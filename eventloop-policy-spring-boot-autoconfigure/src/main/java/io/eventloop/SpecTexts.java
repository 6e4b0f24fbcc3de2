package io.eventloop;

import java.io.File;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Refuses texts and paths that no child can be given as they are. Messages name what was
 * refused by its place, never by its text, which may be a secret.
 */
final class SpecTexts {

	private static final boolean BYTES = File.separatorChar == '/';

	private SpecTexts() {
	}

	static void requireCommand(List<String> command) {
		if (command.isEmpty() || command.get(0) == null || command.get(0).isEmpty()) {
			throw new IllegalArgumentException("No program was given; the first string of a command names it");
		}
		for (int i = 0; i < command.size(); i++) {
			String what = (i == 0) ? "the program's name" : "argument " + i;
			if (command.get(i) == null) {
				throw new NullPointerException("'command' must not contain null, which %s is".formatted(what));
			}
			require(what, command.get(i));
		}
	}

	static void requireVariables(Map<String, String> environment) {
		environment.forEach(SpecTexts::requireVariable);
	}

	static void requireVariable(@Nullable String name, @Nullable String value) {
		requireName(name);
		if (value == null) {
			throw new NullPointerException(
					"Environment variable '%s' has the value null; leave it out, or take an inherited one away with removeEnvironment"
						.formatted(name));
		}
		require("the value of environment variable " + name, value);
	}

	/**
	 * Refuse a name that would be read as another one with a value. A name may begin with
	 * a {@code =} or be empty: such variables are the system's, and
	 * {@link System#getenv()} has them.
	 */
	static void requireName(@Nullable String name) {
		if (name == null) {
			throw new NullPointerException("The name of an environment variable must not be null");
		}
		if (name.indexOf('=', 1) >= 0) {
			throw new IllegalArgumentException(
					"Environment variable name '%s' has a '='; give the name without its value".formatted(name));
		}
		require("the name of an environment variable", name);
	}

	static void require(String what, String text) {
		if (text.indexOf('\0') >= 0) {
			throw new IllegalArgumentException(
					"There is a NUL character in %s; no program can be given one".formatted(what));
		}
		if (BYTES && hasLoneSurrogate(text)) {
			throw new IllegalArgumentException(
					"There is half a surrogate pair in %s, which is no character; it may have been cut within one"
						.formatted(what));
		}
	}

	static void requireFile(@Nullable File file) {
		if (file != null) {
			require("the name of a file to redirect to or from", file.getPath());
		}
	}

	/**
	 * Refuse a path that the operating system does not know.
	 */
	static Path requireDefault(String what, Path path) {
		if (path.getFileSystem() != FileSystems.getDefault()) {
			throw new IllegalArgumentException(
					"%s %s is on the file system %s, which no program can see; copy it to one of the operating system's"
						.formatted(what, path, path.getFileSystem()));
		}
		return path;
	}

	private static boolean hasLoneSurrogate(String text) {
		int i = 0;
		while (i < text.length()) {
			int character = text.codePointAt(i);
			if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
				return true;
			}
			i += Character.charCount(character);
		}
		return false;
	}

}
