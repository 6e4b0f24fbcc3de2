package io.eventloop;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * What to start, and how. Immutable: every method that changes something returns a new
 * spec. Unless said otherwise the child has this process's stdio, directory, environment
 * and process group, as in asyncio. A standard stream that this process was started
 * without is the null device in the child.
 * <p>
 * Signals that the JVM was started with ignored, such as SIGHUP under {@code nohup}, are
 * ignored by the child too; all others have their default dispositions, and none is
 * blocked. SIGCHLD, SIGPIPE and SIGXFSZ are always reset. What {@link ProcessBuilder}
 * starts for a proactor loop has the dispositions that the JDK leaves.
 * <p>
 * The text form names the program and nothing else: arguments and environments hold
 * secrets.
 *
 * @since 0.1.0
 */
public final class SubprocessSpec {

	/**
	 * The limit of a stream's buffer unless said otherwise, in bytes.
	 */
	public static final int DEFAULT_LIMIT = 64 * 1024;

	private final List<String> command;

	private final Place place;

	private final SpecStreams streams;

	private SubprocessSpec(List<String> command, Place place, SpecStreams streams) {
		this.command = command;
		this.place = place;
		this.streams = streams;
	}

	/**
	 * Start a program, without a shell.
	 * @param program the program; looked up in the child's {@code PATH} unless it has a
	 * slash
	 * @param arguments its arguments
	 * @return the spec
	 * @throws IllegalArgumentException as {@link #exec(List)}
	 */
	public static SubprocessSpec exec(String program, String... arguments) {
		List<String> command = new ArrayList<>(arguments.length + 1);
		command.add(program);
		command.addAll(Arrays.asList(arguments));
		return exec(command);
	}

	/**
	 * Start the program at a path, without a shell. The {@code PATH} plays no part:
	 * {@code Path.of("uname")} is {@code ./uname}. A path that is not absolute is seen
	 * from the {@linkplain #directory(Path) child's directory}.
	 * @param program the program's path
	 * @param arguments its arguments
	 * @return the spec
	 * @throws IllegalArgumentException if the path is on another than the default file
	 * system, or as {@link #exec(List)}
	 */
	public static SubprocessSpec exec(Path program, String... arguments) {
		String name = SpecTexts.requireDefault("Program", program).toString();
		boolean bare = program.getRoot() == null && program.getNameCount() == 1 && !name.isEmpty();
		return exec(bare ? "." + program.getFileSystem().getSeparator() + name : name, arguments);
	}

	/**
	 * Start a program, without a shell.
	 * @param command the program and its arguments
	 * @return the spec
	 * @throws IllegalArgumentException if there is no program, or a string has a NUL or
	 * half a surrogate pair; the message has the string's position, not its text
	 */
	public static SubprocessSpec exec(List<String> command) {
		SpecTexts.requireCommand(command);
		return new SubprocessSpec(List.copyOf(command), Place.INHERITED, SpecStreams.INHERITED);
	}

	/**
	 * Start a shell command: {@code /bin/sh -c command}. The shell interprets it, so
	 * quote what comes from elsewhere, or better use {@link #exec}. Signals reach the
	 * shell alone, unless it {@linkplain #processGroup(long) leads a group}.
	 * @param command the command
	 * @return the spec
	 * @throws IllegalArgumentException if the command has a NUL, or half a surrogate pair
	 */
	public static SubprocessSpec shell(String command) {
		return exec("/bin/sh", "-c", command);
	}

	/**
	 * Start it in a directory. A program with a slash that is not absolute is then sought
	 * from there.
	 * @param directory the directory
	 * @return a new spec
	 * @throws IllegalArgumentException if it is on another than the default file system
	 */
	public SubprocessSpec directory(Path directory) {
		Objects.requireNonNull(directory, "'directory' must not be null");
		SpecTexts.requireDefault("Directory", directory);
		return with(new Place(directory, this.place.environment, this.place.newSession, this.place.group));
	}

	/**
	 * Give it an environment in place of this process's, and of what was added and
	 * removed before. To change a few variables of this process's, better use
	 * {@link #addEnvironment(Map)} and {@link #removeEnvironment}: a copy of
	 * {@link System#getenv()} has lost the values that are no text in the locale.
	 * @param environment the whole environment
	 * @return a new spec
	 * @throws IllegalArgumentException if a name has a {@code =} after its beginning, or
	 * a string has a NUL or half a surrogate pair
	 */
	public SubprocessSpec environment(Map<String, String> environment) {
		Objects.requireNonNull(environment, "'environment' must not be null");
		SpecTexts.requireVariables(environment);
		return with(SpecEnvironment.of(environment));
	}

	/**
	 * Set a variable of its environment. All others stay: those that it inherits reach it
	 * as this process was given them, byte for byte.
	 * @param name the variable's name
	 * @param value the variable's value
	 * @return a new spec
	 * @throws IllegalArgumentException if the name is empty, or as
	 * {@link #environment(Map)}
	 */
	public SubprocessSpec addEnvironment(String name, String value) {
		SpecTexts.requireVariable(name, value);
		if (name.isEmpty()) {
			throw new IllegalArgumentException("An environment variable has an empty name; give it one");
		}
		return with(this.place.environment.with(Map.of(name, value)));
	}

	/**
	 * Set variables of its environment, see {@link #addEnvironment(String, String)}.
	 * @param variables the variables
	 * @return a new spec
	 * @throws IllegalArgumentException as {@link #environment(Map)}
	 */
	public SubprocessSpec addEnvironment(Map<String, String> variables) {
		Objects.requireNonNull(variables, "'variables' must not be null");
		SpecTexts.requireVariables(variables);
		return with(this.place.environment.with(variables));
	}

	/**
	 * Take variables out of its environment, if they are in it. All others stay.
	 * @param names the variables' names
	 * @return a new spec
	 * @throws IllegalArgumentException as {@link #environment(Map)}
	 */
	public SubprocessSpec removeEnvironment(String... names) {
		List<String> removed = Arrays.asList(names);
		removed.forEach(SpecTexts::requireName);
		return with(this.place.environment.without(removed));
	}

	/**
	 * Set where its standard input comes from. {@link Redirect#DISCARD} is the null
	 * device.
	 * @param redirect the source
	 * @return a new spec
	 * @throws IllegalArgumentException if the redirect writes to a file
	 */
	public SubprocessSpec stdin(Redirect redirect) {
		return with(this.streams.withStdin(redirect));
	}

	/**
	 * Set where its standard output goes.
	 * @param redirect the destination
	 * @return a new spec
	 * @throws IllegalArgumentException if the redirect reads from a file
	 */
	public SubprocessSpec stdout(Redirect redirect) {
		return with(this.streams.withStdout(redirect));
	}

	/**
	 * Set where its standard error goes.
	 * @param redirect the destination
	 * @return a new spec
	 * @throws IllegalArgumentException if the redirect reads from a file
	 */
	public SubprocessSpec stderr(Redirect redirect) {
		return with(this.streams.withStderr(redirect));
	}

	/**
	 * Set whether its standard error goes where its standard output goes.
	 * @param redirect whether to merge them
	 * @return a new spec
	 */
	public SubprocessSpec redirectErrorStream(boolean redirect) {
		return with(this.streams.withMerged(redirect));
	}

	/**
	 * Make all three standard streams pipes.
	 * @return a new spec
	 */
	public SubprocessSpec pipes() {
		return stdin(Redirect.PIPE).stdout(Redirect.PIPE).stderr(Redirect.PIPE);
	}

	/**
	 * Set how much a stream buffers before it pauses its pipe: reading pauses beyond
	 * twice the limit.
	 * @param limit bytes, at least 1
	 * @return a new spec
	 * @throws IllegalArgumentException if the limit is not positive
	 */
	public SubprocessSpec limit(int limit) {
		return with(this.streams.withLimit(limit));
	}

	/**
	 * Set whether it leads a session, and so a group, of its own.
	 * @param newSession whether it does
	 * @return a new spec
	 */
	public SubprocessSpec startNewSession(boolean newSession) {
		return with(new Place(this.place.directory, this.place.environment, newSession, this.place.group));
	}

	/**
	 * Put it into a process group.
	 * @param group the group's id, or 0 for a group of its own
	 * @return a new spec
	 * @throws IllegalArgumentException if the group is negative
	 */
	public SubprocessSpec processGroup(long group) {
		if (group < 0) {
			throw new IllegalArgumentException(
					"Process group %d is negative; give a group's id, or 0 for a new one".formatted(group));
		}
		return with(
				new Place(this.place.directory, this.place.environment, this.place.newSession, OptionalLong.of(group)));
	}

	/**
	 * Return the program and its arguments.
	 * @return the command, never empty
	 */
	public List<String> command() {
		return this.command;
	}

	/**
	 * Return the program.
	 * @return the first string of the command
	 */
	public String program() {
		return this.command.get(0);
	}

	/**
	 * Return the directory.
	 * @return the directory, or {@code null} for this process's
	 */
	public @Nullable Path directory() {
		return this.place.directory;
	}

	/**
	 * Return the environment.
	 * @return the environment, or {@code null} for this process's, with the
	 * {@linkplain #environmentChanges() changes}
	 */
	public @Nullable Map<String, String> environment() {
		return this.place.environment.own();
	}

	/**
	 * Return what is different from this process's environment.
	 * @return the values of variables, {@code null} for those that are removed; empty
	 * where the {@linkplain #environment() environment} is its own
	 */
	public Map<String, @Nullable String> environmentChanges() {
		return this.place.environment.changes();
	}

	/**
	 * Return where the standard input comes from.
	 * @return the redirect
	 */
	public Redirect stdin() {
		return this.streams.stdin();
	}

	/**
	 * Return where the standard output goes.
	 * @return the redirect
	 */
	public Redirect stdout() {
		return this.streams.stdout();
	}

	/**
	 * Return where the standard error goes, unless it is merged.
	 * @return the redirect
	 */
	public Redirect stderr() {
		return this.streams.stderr();
	}

	/**
	 * Return whether the standard error goes where the standard output goes.
	 * @return whether they are merged
	 */
	public boolean redirectErrorStream() {
		return this.streams.merged();
	}

	/**
	 * Return the limit of a stream's buffer.
	 * @return bytes
	 */
	public int limit() {
		return this.streams.limit();
	}

	/**
	 * Return whether the child leads a session of its own.
	 * @return whether it does
	 */
	public boolean startNewSession() {
		return this.place.newSession;
	}

	/**
	 * Return the process group.
	 * @return the group's id, 0 for one of its own; empty for this process's
	 */
	public OptionalLong processGroup() {
		return this.place.group;
	}

	@Override
	public String toString() {
		return "SubprocessSpec[program=" + program() + "]";
	}

	private SubprocessSpec with(SpecEnvironment environment) {
		return with(new Place(this.place.directory, environment, this.place.newSession, this.place.group));
	}

	private SubprocessSpec with(Place newPlace) {
		return new SubprocessSpec(this.command, newPlace, this.streams);
	}

	private SubprocessSpec with(SpecStreams newStreams) {
		return new SubprocessSpec(this.command, this.place, newStreams);
	}

	private record Place(@Nullable Path directory, SpecEnvironment environment, boolean newSession,
			OptionalLong group) {

		private static final Place INHERITED = new Place(null, SpecEnvironment.INHERITED, false, OptionalLong.empty());

	}

}
