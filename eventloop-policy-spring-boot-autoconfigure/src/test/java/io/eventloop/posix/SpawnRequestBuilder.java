package io.eventloop.posix;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * Collects what differs from inheriting everything. Not thread-safe.
 */
public final class SpawnRequestBuilder {

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

	private List<String> wrapper = List.of();

	private SpawnRequestBuilder(String program, List<String> arguments) {
		this.program = program;
		this.arguments = arguments;
	}

	/**
	 * Begin a request for a program that inherits everything.
	 * @param program the program
	 * @param arguments its arguments
	 * @return a builder
	 */
	public static SpawnRequestBuilder of(String program, String... arguments) {
		return new SpawnRequestBuilder(program, List.of(arguments));
	}

	/**
	 * Replace the environment.
	 * @param environment all of it, {@code null} to inherit
	 * @return this builder
	 */
	public SpawnRequestBuilder environment(@Nullable Map<String, String> environment) {
		this.environment = environment;
		return this;
	}

	/**
	 * Change the inherited environment.
	 * @param changes what is different
	 * @return this builder
	 */
	public SpawnRequestBuilder changes(Map<String, @Nullable String> changes) {
		this.changes = changes;
		return this;
	}

	/**
	 * Start in a directory.
	 * @param directory the directory, {@code null} to inherit
	 * @return this builder
	 */
	public SpawnRequestBuilder directory(@Nullable Path directory) {
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
	public SpawnRequestBuilder streams(int stdin, int stdout, int stderr) {
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
	public SpawnRequestBuilder newSession(boolean newSession) {
		this.newSession = newSession;
		return this;
	}

	/**
	 * Join a process group.
	 * @param processGroup the group, 0 for one of its own
	 * @return this builder
	 */
	public SpawnRequestBuilder processGroup(long processGroup) {
		this.processGroup = OptionalLong.of(processGroup);
		return this;
	}

	/**
	 * Have another program executed first.
	 * @param wrapper that program and its arguments
	 * @return this builder
	 */
	public SpawnRequestBuilder wrapper(String... wrapper) {
		this.wrapper = List.of(wrapper);
		return this;
	}

	/**
	 * Make the request.
	 * @return the request
	 */
	public SpawnRequest build() {
		return new SpawnRequest(this.program, this.arguments, this.environment, this.changes, this.directory,
				this.stdin, this.stdout, this.stderr, this.newSession, this.processGroup, this.wrapper);
	}

}
