package io.eventloop;

import java.io.File;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Rejects texts and paths that cannot be passed to a child unaltered. Messages state the
 * position of a rejected text, never the text itself, which may be a secret.
 */
final class SpecTexts {

	private static final boolean BYTES = File.separatorChar == '/';

	private SpecTexts() {
	}

	/**
	 * Return a command with further arguments.
	 */
	static List<String> command(List<String> command, String... arguments) {
		List<String> all = new ArrayList<>(command);
		all.addAll(Arrays.asList(arguments));
		requireCommand(all);
		return List.copyOf(all);
	}

	static void requireCommand(List<String> command) {
		if (command.isEmpty() || command.get(0) == null || command.get(0).isEmpty()) {
			throw new IllegalArgumentException("No program was given; the first string of a command names it");
		}
		for (int i = 0; i < command.size(); i++) {
			String what = (i == 0) ? "the program's name" : "argument " + i;
			if (command.get(i) == null) {
				throw new NullPointerException("'command' must not contain null, but %s is null".formatted(what));
			}
			require(what, command.get(i));
		}
	}

	static String requireDisplayName(String name) {
		if (name.isBlank()) {
			throw new IllegalArgumentException("A command's name is blank; give it one, such as thumbnailer");
		}
		return name;
	}

	/**
	 * Return a program's name without its directory.
	 */
	static String fileName(String program) {
		String name = program.substring(program.lastIndexOf(File.separatorChar) + 1);
		return name.isEmpty() ? program : name;
	}

	static Map<String, String> requireVariables(String what, Map<String, String> variables) {
		Objects.requireNonNull(variables, () -> "'%s' must not be null".formatted(what));
		variables.forEach(SpecTexts::requireVariable);
		return variables;
	}

	static List<String> requireNames(String... names) {
		List<String> required = Arrays.asList(names);
		required.forEach(SpecTexts::requireName);
		return required;
	}

	static void requireNamedVariable(String name, String value) {
		requireVariable(name, value);
		if (name.isEmpty()) {
			throw new IllegalArgumentException("An environment variable has an empty name; pass a name");
		}
	}

	static void requireVariable(@Nullable String name, @Nullable String value) {
		requireName(name);
		if (value == null) {
			throw new NullPointerException(
					"Environment variable '%s' has the value null; leave it out, or remove an inherited one with removeEnvironment"
						.formatted(name));
		}
		require("the value of environment variable " + name, value);
	}

	/**
	 * Reject a name that would be parsed as another name with a value. A name may begin
	 * with {@code =} or be empty: the system has such variables, and
	 * {@link System#getenv()} returns them.
	 */
	static void requireName(@Nullable String name) {
		if (name == null) {
			throw new NullPointerException("The name of an environment variable must not be null");
		}
		if (name.indexOf('=', 1) >= 0) {
			throw new IllegalArgumentException(
					"Environment variable name '%s…' contains '='; pass the name without its value"
						.formatted(name.substring(0, name.indexOf('=', 1) + 1)));
		}
		require("the name of an environment variable", name);
	}

	static void require(String what, String text) {
		if (text.indexOf('\0') >= 0) {
			throw new IllegalArgumentException(
					"There is a NUL character in %s, which cannot be passed to a program".formatted(what));
		}
		if (BYTES && hasLoneSurrogate(text)) {
			throw new IllegalArgumentException(
					"There is half a surrogate pair in %s; it may have been cut within a character".formatted(what));
		}
	}

	static void requireFile(@Nullable File file) {
		if (file != null) {
			require("the name of a file to redirect to or from", file.getPath());
		}
	}

	/**
	 * Return what names the program at a path, for which the search path is not used.
	 */
	static String program(Path path) {
		String name = requireDefault("Program", path).toString();
		boolean bare = path.getRoot() == null && path.getNameCount() == 1 && !name.isEmpty();
		return bare ? "." + path.getFileSystem().getSeparator() + name : name;
	}

	/**
	 * Reject a path that the operating system does not know.
	 */
	static Path requireDefault(String what, Path path) {
		if (path.getFileSystem() != FileSystems.getDefault()) {
			throw new IllegalArgumentException(
					"%s %s is on the file system %s, which other programs cannot access; copy it to the default file system"
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
