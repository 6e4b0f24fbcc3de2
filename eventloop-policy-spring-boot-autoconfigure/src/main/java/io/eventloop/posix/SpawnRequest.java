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
 * @since 0.1.0
 */
public record SpawnRequest(String program, List<String> arguments, @Nullable Map<String, String> environment,
		Map<String, @Nullable String> changes, @Nullable Path directory, int stdin, int stdout, int stderr,
		boolean newSession, OptionalLong processGroup) {

	/**
	 * Check and copy.
	 * @throws IllegalArgumentException for an empty program, a NUL character anywhere, an
	 * {@code =} in the name of an environment variable but at its beginning, changes to
	 * an environment that is not inherited, a negative descriptor or group, or a group to
	 * join together with a new session
	 */
	public SpawnRequest {
		if (program.isEmpty()) {
			throw new IllegalArgumentException("'program' must not be empty");
		}
		requireNoNul("The program", program);
		arguments = List.copyOf(arguments);
		arguments.forEach((argument) -> requireNoNul("An argument", argument));
		if (environment != null) {
			environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
			environment.forEach(SpawnRequest::requireVariable);
		}
		if (!changes.isEmpty()) {
			changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
			changes.forEach(SpawnRequest::requireVariable);
			if (environment != null) {
				throw new IllegalArgumentException(
						"'changes' are to the inherited environment: make them in 'environment'");
			}
		}
		if (directory != null && directory.toString().isEmpty()) {
			directory = Path.of(".");
		}
		if (stdin < 0 || stdout < 0 || stderr < 0) {
			throw new IllegalArgumentException(
					"A standard stream needs an open descriptor, not " + Math.min(stdin, Math.min(stdout, stderr)));
		}
		if (processGroup.isPresent()
				&& (processGroup.getAsLong() < 0 || processGroup.getAsLong() > Integer.MAX_VALUE)) {
			throw new IllegalArgumentException("'processGroup' must be a pid or 0, not " + processGroup.getAsLong());
		}
		if (newSession && processGroup.orElse(0) != 0) {
			throw new IllegalArgumentException("A new session begins with a group of its own, it cannot join group "
					+ processGroup.getAsLong() + ": leave out one of the two");
		}
	}

	/**
	 * Name the program and nothing else: arguments and environments hold secrets.
	 */
	@Override
	public String toString() {
		return "SpawnRequest[program=" + this.program + "]";
	}

	/**
	 * Begin a request for a program that inherits everything.
	 * @param program the program
	 * @param arguments its arguments
	 * @return a builder
	 */
	public static Builder of(String program, String... arguments) {
		return new Builder(program, List.of(arguments));
	}

	private static void requireVariable(String name, @Nullable String value) {
		if (name.indexOf('=', 1) >= 0) {
			throw new IllegalArgumentException(
					"The name of an environment variable must not contain '=': '" + name + "'");
		}
		requireNoNul("The name of an environment variable", name);
		if (value != null) {
			requireNoNul("The environment variable " + name, value);
		}
	}

	private static void requireNoNul(String what, String text) {
		if (text.indexOf('\0') >= 0) {
			throw new IllegalArgumentException(what + " contains a NUL character, where C would end it");
		}
	}

	/**
	 * Collects what differs from inheriting everything. Not thread-safe.
	 */
	public static final class Builder {

		private final String program;

		private final List<String> arguments;

		private @Nullable Map<String, String> environment;

		private Map<String, @Nullable String> changes = Map.of();

		private @Nullable Path directory;

		private int stdin = 0;

		private int stdout = 1;

		private int stderr = 2;

		private boolean newSession;

		private OptionalLong processGroup = OptionalLong.empty();

		private Builder(String program, List<String> arguments) {
			this.program = program;
			this.arguments = arguments;
		}

		/**
		 * Replace the environment.
		 * @param environment all of it, {@code null} to inherit
		 * @return this builder
		 */
		public Builder environment(@Nullable Map<String, String> environment) {
			this.environment = environment;
			return this;
		}

		/**
		 * Change the inherited environment.
		 * @param changes what is different
		 * @return this builder
		 */
		public Builder changes(Map<String, @Nullable String> changes) {
			this.changes = changes;
			return this;
		}

		/**
		 * Start in a directory.
		 * @param directory the directory, {@code null} to inherit
		 * @return this builder
		 */
		public Builder directory(@Nullable Path directory) {
			this.directory = directory;
			return this;
		}

		/**
		 * Set the three standard streams.
		 * @param stdin the descriptor that becomes 0
		 * @param stdout the descriptor that becomes 1
		 * @param stderr the descriptor that becomes 2
		 * @return this builder
		 */
		public Builder streams(int stdin, int stdout, int stderr) {
			this.stdin = stdin;
			this.stdout = stdout;
			this.stderr = stderr;
			return this;
		}

		/**
		 * Set whether to begin a new session.
		 * @param newSession whether to
		 * @return this builder
		 */
		public Builder newSession(boolean newSession) {
			this.newSession = newSession;
			return this;
		}

		/**
		 * Join a process group.
		 * @param processGroup the group, 0 for one of its own
		 * @return this builder
		 */
		public Builder processGroup(long processGroup) {
			this.processGroup = OptionalLong.of(processGroup);
			return this;
		}

		/**
		 * Check, and make the request.
		 * @return the request
		 * @throws IllegalArgumentException see
		 * {@link SpawnRequest#SpawnRequest(String, List, Map, Map, Path, int, int, int, boolean, OptionalLong)}
		 */
		public SpawnRequest build() {
			return new SpawnRequest(this.program, this.arguments, this.environment, this.changes, this.directory,
					this.stdin, this.stdout, this.stderr, this.newSession, this.processGroup);
		}

	}

}
