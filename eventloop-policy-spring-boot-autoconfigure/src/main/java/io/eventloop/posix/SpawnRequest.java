package io.eventloop.posix;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * What to start, and with what. Immutable; all texts reach the child as UTF-8, but for
 * the names of its program and its directory, which the locale decides.
 *
 * @param program the program: a path if it contains a slash (seen from the child's
 * {@code directory} if it is relative), else looked up in the child's {@code PATH}
 * @param arguments what follows the program's name
 * @param environment all of the child's environment, {@code null} to inherit this
 * process's
 * @param changes what is different in an inherited environment: the values of variables,
 * {@code null} for those that are left out; every other one reaches the child as this
 * process has it, byte for byte
 * @param directory where the child starts, {@code null} for where this process is
 * @param stdin the open descriptor that becomes the child's 0; 0 to inherit
 * @param stdout the open descriptor that becomes the child's 1; 1 to inherit
 * @param stderr the open descriptor that becomes the child's 2; 2 to inherit
 * @param newSession whether the child leads a session, and so a group, of its own
 * @param processGroup the process group to join, 0 for one of its own, empty to stay in
 * this process's
 * @param wrapper a program by its path, and arguments, to be executed first: it executes
 * the program that its further arguments name, in its own place; empty to execute the
 * program at once
 * @since 0.1.0
 */
public record SpawnRequest(String program, List<String> arguments, @Nullable Map<String, String> environment,
		Map<String, @Nullable String> changes, @Nullable Path directory, int stdin, int stdout, int stderr,
		boolean newSession, OptionalLong processGroup, List<String> wrapper) {

	/**
	 * Copy. {@link io.eventloop.SubprocessSpec} has checked what users say.
	 */
	public SpawnRequest {
		arguments = List.copyOf(arguments);
		wrapper = List.copyOf(wrapper);
		environment = (environment != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(environment)) : null;
		changes = changes.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(changes));
		if (directory != null && directory.toString().isEmpty()) {
			directory = Path.of(".");
		}
	}

	/**
	 * Name the program and nothing else: arguments and environments hold secrets.
	 */
	@Override
	public String toString() {
		return "SpawnRequest[program=" + this.program + "]";
	}

}
