package io.eventloop;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * Describes a child process to start. Immutable: every method that changes something
 * returns a new spec. By default the child has this process's stdio, directory,
 * environment and process group, as in asyncio. A standard stream that this process was
 * started without is the null device in the child.
 * <p>
 * Signals that were ignored when the JVM was started, such as SIGHUP under {@code nohup},
 * are ignored in the child too; all others have their default dispositions, and none is
 * blocked. SIGCHLD, SIGPIPE and SIGXFSZ are always reset. Children of proactor loops,
 * which {@link ProcessBuilder} starts, have the dispositions that the JDK gives them. The
 * text form has only the program, as arguments and environments may be secret.
 *
 * @since 0.1.0
 */
public final class SubprocessSpec {

	/** The default limit of a stream's buffer, in bytes. */
	public static final int DEFAULT_LIMIT = 64 * 1024;

	private final List<String> command;

	private final SpecPlace place;

	private final SpecStreams streams;

	private final String name;

	private SubprocessSpec(String name, List<String> command, SpecPlace place, SpecStreams streams) {
		this.name = name;
		this.command = command;
		this.place = place;
		this.streams = streams;
	}

	/**
	 * Start a program, without a shell.
	 * @param program its name in the child's {@code PATH}, or its path with a slash
	 * @param arguments its arguments
	 * @return the spec
	 * @throws IllegalArgumentException as {@link #exec(List)}
	 */
	public static SubprocessSpec exec(String program, String... arguments) {
		return exec(SpecTexts.command(Collections.singletonList(program), arguments));
	}

	/**
	 * Start the program at a path, seen from the child's directory, without a shell. The
	 * {@code PATH} is not searched: {@code Path.of("uname")} is {@code ./uname}.
	 * @param program the program's path
	 * @param arguments its arguments
	 * @return the spec
	 * @throws IllegalArgumentException as {@link #exec(List)}, or for another file system
	 */
	public static SubprocessSpec exec(Path program, String... arguments) {
		return exec(SpecTexts.program(program), arguments);
	}

	/**
	 * Start a program, without a shell.
	 * @param command the program and its arguments
	 * @return the spec
	 * @throws IllegalArgumentException if there is no program, or a string contains a NUL
	 * or half a surrogate pair; the message states the string's position, not its text
	 */
	public static SubprocessSpec exec(List<String> command) {
		SpecTexts.requireCommand(command);
		return new SubprocessSpec(SpecTexts.fileName(command.get(0)), List.copyOf(command), SpecPlace.INHERITED,
				SpecStreams.INHERITED);
	}

	/**
	 * Start a shell command: {@code /bin/sh -c command}. The shell interprets it, so
	 * quote external input or, better, use {@link #exec}.
	 * @param command the command
	 * @return the spec
	 * @throws IllegalArgumentException as {@link #exec(List)}
	 */
	public static SubprocessSpec shell(String command) {
		return exec("/bin/sh", "-c", command);
	}

	/**
	 * Add arguments.
	 * @param arguments what to add
	 * @return a new spec
	 * @throws IllegalArgumentException as {@link #exec(List)}
	 */
	public SubprocessSpec arguments(String... arguments) {
		return new SubprocessSpec(this.name, SpecTexts.command(this.command, arguments), this.place, this.streams);
	}

	/**
	 * Set the child's working directory, from which a relative program is resolved.
	 * @param directory the directory
	 * @return a new spec
	 * @throws IllegalArgumentException if it is not on the default file system
	 */
	public SubprocessSpec directory(Path directory) {
		return with(this.place.withDirectory(directory));
	}

	/**
	 * Set the child's whole environment, in place of this process's and of earlier
	 * changes. A copy of {@link System#getenv()} loses values that the locale cannot
	 * decode: to change a few variables, use {@link #addEnvironment(Map)}.
	 * @param environment the whole environment
	 * @return a new spec
	 * @throws IllegalArgumentException if a name contains {@code =} after its first
	 * character, or a string contains a NUL or half a surrogate pair
	 */
	public SubprocessSpec environment(Map<String, String> environment) {
		return with(this.place.withEnvironment(SpecEnvironment.of(environment)));
	}

	/**
	 * Set an environment variable. Inherited ones are passed on byte for byte.
	 * @param name the variable's name
	 * @param value the variable's value
	 * @return a new spec
	 * @throws IllegalArgumentException as {@link #environment(Map)}, or for no name
	 */
	public SubprocessSpec addEnvironment(String name, String value) {
		SpecTexts.requireNamedVariable(name, value);
		return with(this.place.withEnvironment(this.place.environment().with(Map.of(name, value))));
	}

	/**
	 * Set environment variables, see {@link #addEnvironment(String, String)}.
	 * @param variables the variables
	 * @return a new spec
	 * @throws IllegalArgumentException as {@link #environment(Map)}
	 */
	public SubprocessSpec addEnvironment(Map<String, String> variables) {
		return with(this.place
			.withEnvironment(this.place.environment().with(SpecTexts.requireVariables("variables", variables))));
	}

	/**
	 * Remove environment variables, if present. The others are unchanged.
	 * @param names the variables' names
	 * @return a new spec
	 * @throws IllegalArgumentException as {@link #environment(Map)}
	 */
	public SubprocessSpec removeEnvironment(String... names) {
		return with(this.place.withEnvironment(this.place.environment().without(SpecTexts.requireNames(names))));
	}

	/**
	 * Set the source of the standard input. {@link Redirect#DISCARD} is the null device.
	 * @param redirect the source
	 * @return a new spec
	 * @throws IllegalArgumentException if the redirect writes to a file
	 */
	public SubprocessSpec stdin(Redirect redirect) {
		return with(this.streams.withStdin(redirect));
	}

	/**
	 * Set the destination of the standard output.
	 * @param redirect the destination
	 * @return a new spec
	 * @throws IllegalArgumentException if the redirect reads from a file
	 */
	public SubprocessSpec stdout(Redirect redirect) {
		return with(this.streams.withStdout(redirect));
	}

	/**
	 * Set the destination of the standard error.
	 * @param redirect the destination
	 * @return a new spec
	 * @throws IllegalArgumentException if the redirect reads from a file
	 */
	public SubprocessSpec stderr(Redirect redirect) {
		return with(this.streams.withStderr(redirect));
	}

	/**
	 * Set whether the standard error is merged into the standard output.
	 * @param redirect whether to merge them
	 * @return a new spec
	 */
	public SubprocessSpec redirectErrorStream(boolean redirect) {
		return with(this.streams.withMerged(redirect));
	}

	/**
	 * Make pipes of all three standard streams.
	 * @return a new spec
	 */
	public SubprocessSpec pipes() {
		return stdin(Redirect.PIPE).stdout(Redirect.PIPE).stderr(Redirect.PIPE);
	}

	/**
	 * Set the limit of a stream's buffer. The pipe is paused beyond twice the limit.
	 * @param limit bytes, at least 1
	 * @return a new spec
	 * @throws IllegalArgumentException if the limit is not positive
	 */
	public SubprocessSpec limit(int limit) {
		return with(this.streams.withLimit(limit));
	}

	/**
	 * Set whether the child leads a new session, and thereby a new process group.
	 * @param newSession whether it leads a new session
	 * @return a new spec
	 */
	public SubprocessSpec startNewSession(boolean newSession) {
		return with(this.place.withNewSession(newSession));
	}

	/**
	 * Set the child's process group.
	 * @param group the group's id, or 0 for a new group that the child leads
	 * @return a new spec
	 * @throws IllegalArgumentException if the group is negative
	 */
	public SubprocessSpec processGroup(long group) {
		return with(this.place.withGroup(group));
	}

	/**
	 * Set how the child is ended where the service stops, in place of the service's way.
	 * @param teardown the steps, which are shortened to the grace period
	 * @return a new spec
	 * @throws IllegalArgumentException if they do not end with a kill
	 */
	public SubprocessSpec teardown(Teardown teardown) {
		return with(this.place.withTeardown(teardown));
	}

	/**
	 * Set what the child may not do, or use up.
	 * @param restrictions the restrictions, in place of earlier ones
	 * @return a new spec
	 */
	public SubprocessSpec restrictions(ChildRestrictions restrictions) {
		return with(this.place.withRestrictions(restrictions));
	}

	/**
	 * Have the child outlive its loop, the service and this JVM, as a daemon does, in a
	 * session of its own. It may have no pipes.
	 * @return a new spec
	 */
	public SubprocessSpec detached() {
		return with(this.place.withDetached().withNewSession(true));
	}

	/**
	 * Name what it does, for logs, meters and reports. Take few names, and none with
	 * anything secret in it.
	 * @param newName the name
	 * @return a new spec
	 * @throws IllegalArgumentException if the name is blank
	 */
	public SubprocessSpec name(String newName) {
		return new SubprocessSpec(SpecTexts.requireDisplayName(newName), this.command, this.place, this.streams);
	}

	/**
	 * {@return what it was named, else the program's name without its directory}
	 */
	public String name() {
		return this.name;
	}

	/**
	 * {@return the program and its arguments}
	 */
	public List<String> command() {
		return this.command;
	}

	/**
	 * {@return the program, which is the first string of the command}
	 */
	public String program() {
		return this.command.get(0);
	}

	/**
	 * {@return the directory, or {@code null} for this process's}
	 */
	public @Nullable Path directory() {
		return this.place.directory();
	}

	/**
	 * {@return the environment, or {@code null} for this process's with changes}
	 */
	public @Nullable Map<String, String> environment() {
		return this.place.environment().own();
	}

	/**
	 * {@return what is changed in an inherited environment, {@code null} where removed}
	 */
	public Map<String, @Nullable String> environmentChanges() {
		return this.place.environment().changes();
	}

	/**
	 * {@return the source of the standard input}
	 */
	public Redirect stdin() {
		return this.streams.stdin();
	}

	/**
	 * {@return the destination of the standard output}
	 */
	public Redirect stdout() {
		return this.streams.stdout();
	}

	/**
	 * {@return the destination of the standard error, unless it is merged}
	 */
	public Redirect stderr() {
		return this.streams.stderr();
	}

	/**
	 * {@return whether the standard error is merged into the standard output}
	 */
	public boolean redirectErrorStream() {
		return this.streams.merged();
	}

	/**
	 * {@return the limit of a stream's buffer, in bytes}
	 */
	public int limit() {
		return this.streams.limit();
	}

	/**
	 * {@return whether the child leads a session of its own}
	 */
	public boolean startNewSession() {
		return this.place.newSession();
	}

	/**
	 * {@return the process group's id, or 0 for a new one; empty for this process's}
	 */
	public OptionalLong processGroup() {
		return this.place.group();
	}

	/**
	 * {@return how the child is ended where the service stops, or {@code null} for the
	 * service's way}
	 */
	public @Nullable Teardown teardown() {
		return this.place.teardown();
	}

	/**
	 * {@return whether the child outlives what started it}
	 */
	public boolean isDetached() {
		return this.place.detached();
	}

	/**
	 * {@return what the child may not do}
	 */
	public ChildRestrictions restrictions() {
		return this.place.restrictions();
	}

	@Override
	public String toString() {
		return "SubprocessSpec[program=" + program() + "]";
	}

	private SubprocessSpec with(SpecPlace newPlace) {
		return new SubprocessSpec(this.name, this.command, newPlace, this.streams);
	}

	private SubprocessSpec with(SpecStreams newStreams) {
		return new SubprocessSpec(this.name, this.command, this.place, newStreams);
	}

}
