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
 * and process group, as in asyncio.
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

	private final Streams streams;

	private SubprocessSpec(List<String> command, Place place, Streams streams) {
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
	 * @throws IllegalArgumentException if the program is empty, or a string has a NUL
	 */
	public static SubprocessSpec exec(String program, String... arguments) {
		List<String> command = new ArrayList<>(arguments.length + 1);
		command.add(program);
		command.addAll(Arrays.asList(arguments));
		return exec(command);
	}

	/**
	 * Start a program, without a shell.
	 * @param program the program's path
	 * @param arguments its arguments
	 * @return the spec
	 * @throws IllegalArgumentException if a string has a NUL
	 */
	public static SubprocessSpec exec(Path program, String... arguments) {
		return exec(program.toString(), arguments);
	}

	/**
	 * Start a program, without a shell.
	 * @param command the program and its arguments
	 * @return the spec
	 * @throws IllegalArgumentException if there is no program, or a string has a NUL
	 */
	public static SubprocessSpec exec(List<String> command) {
		if (command.isEmpty() || command.get(0).isEmpty()) {
			throw new IllegalArgumentException("No program was given; the first string of a command names it");
		}
		for (String string : command) {
			refuseNul("an argument", Objects.requireNonNull(string, "'command' must not contain null"));
		}
		return new SubprocessSpec(List.copyOf(command), Place.INHERITED, Streams.INHERITED);
	}

	/**
	 * Start a shell command: {@code /bin/sh -c command}. The shell interprets it, so
	 * quote what comes from elsewhere, or better use {@link #exec}. Signals reach the
	 * shell alone, unless it {@linkplain #processGroup(long) leads a group}.
	 * @param command the command
	 * @return the spec
	 * @throws IllegalArgumentException if the command has a NUL
	 */
	public static SubprocessSpec shell(String command) {
		return exec("/bin/sh", "-c", command);
	}

	/**
	 * Start it in a directory. A program with a slash that is not absolute is then sought
	 * from there.
	 * @param directory the directory
	 * @return a new spec
	 */
	public SubprocessSpec directory(Path directory) {
		Objects.requireNonNull(directory, "'directory' must not be null");
		return with(new Place(directory, this.place.environment, this.place.newSession, this.place.group));
	}

	/**
	 * Give it an environment in place of this process's.
	 * @param environment the whole environment
	 * @return a new spec
	 * @throws IllegalArgumentException if a name is empty or has a {@code =}, or a string
	 * has a NUL
	 */
	public SubprocessSpec environment(Map<String, String> environment) {
		Objects.requireNonNull(environment, "'environment' must not be null");
		environment.forEach((name, value) -> {
			if (name.isEmpty() || name.indexOf('=') >= 0) {
				throw new IllegalArgumentException(
						"Environment variable name '%s' is empty or has a '='; give names without".formatted(name));
			}
			refuseNul("an environment variable", name);
			refuseNul("environment variable " + name, value);
		});
		return with(new Place(this.place.directory, Map.copyOf(environment), this.place.newSession, this.place.group));
	}

	/**
	 * Say where its standard input comes from. {@link Redirect#DISCARD} is the null
	 * device.
	 * @param redirect the source
	 * @return a new spec
	 * @throws IllegalArgumentException if the redirect writes to a file
	 */
	public SubprocessSpec stdin(Redirect redirect) {
		Objects.requireNonNull(redirect, "'redirect' must not be null");
		if (writes(redirect) && !redirect.equals(Redirect.DISCARD)) {
			throw new IllegalArgumentException(
					"Standard input cannot be redirected with %s; use PIPE, INHERIT, DISCARD or from(file)"
						.formatted(redirect.type()));
		}
		return with(new Streams(redirect, this.streams.stdout, this.streams.stderr, this.streams.merged,
				this.streams.limit));
	}

	/**
	 * Say where its standard output goes.
	 * @param redirect the destination
	 * @return a new spec
	 * @throws IllegalArgumentException if the redirect reads from a file
	 */
	public SubprocessSpec stdout(Redirect redirect) {
		return with(new Streams(this.streams.stdin, destination(redirect), this.streams.stderr, this.streams.merged,
				this.streams.limit));
	}

	/**
	 * Say where its standard error goes.
	 * @param redirect the destination
	 * @return a new spec
	 * @throws IllegalArgumentException if the redirect reads from a file
	 */
	public SubprocessSpec stderr(Redirect redirect) {
		return with(
				new Streams(this.streams.stdin, this.streams.stdout, destination(redirect), false, this.streams.limit));
	}

	/**
	 * Say whether its standard error goes where its standard output goes.
	 * @param redirect whether to merge them
	 * @return a new spec
	 */
	public SubprocessSpec redirectErrorStream(boolean redirect) {
		return with(new Streams(this.streams.stdin, this.streams.stdout, this.streams.stderr, redirect,
				this.streams.limit));
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
		if (limit <= 0) {
			throw new IllegalArgumentException("Limit %d is not positive; give at least 1 byte".formatted(limit));
		}
		return with(
				new Streams(this.streams.stdin, this.streams.stdout, this.streams.stderr, this.streams.merged, limit));
	}

	/**
	 * Say whether it leads a session, and so a group, of its own.
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
	 * @return the environment, or {@code null} for this process's
	 */
	public @Nullable Map<String, String> environment() {
		return this.place.environment;
	}

	/**
	 * Return where the standard input comes from.
	 * @return the redirect
	 */
	public Redirect stdin() {
		return this.streams.stdin;
	}

	/**
	 * Return where the standard output goes.
	 * @return the redirect
	 */
	public Redirect stdout() {
		return this.streams.stdout;
	}

	/**
	 * Return where the standard error goes, unless it is merged.
	 * @return the redirect
	 */
	public Redirect stderr() {
		return this.streams.stderr;
	}

	/**
	 * Tell whether the standard error goes where the standard output goes.
	 * @return whether they are merged
	 */
	public boolean redirectErrorStream() {
		return this.streams.merged;
	}

	/**
	 * Return the limit of a stream's buffer.
	 * @return bytes
	 */
	public int limit() {
		return this.streams.limit;
	}

	/**
	 * Tell whether the child leads a session of its own.
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

	private SubprocessSpec with(Place newPlace) {
		return new SubprocessSpec(this.command, newPlace, this.streams);
	}

	private SubprocessSpec with(Streams newStreams) {
		return new SubprocessSpec(this.command, this.place, newStreams);
	}

	private static Redirect destination(Redirect redirect) {
		Objects.requireNonNull(redirect, "'redirect' must not be null");
		if (redirect.type() == Redirect.Type.READ) {
			throw new IllegalArgumentException(
					"An output cannot be redirected with READ; use PIPE, INHERIT, DISCARD, to(file) or appendTo(file)");
		}
		return redirect;
	}

	private static boolean writes(Redirect redirect) {
		return redirect.type() == Redirect.Type.WRITE || redirect.type() == Redirect.Type.APPEND;
	}

	private static void refuseNul(String what, String string) {
		if (string.indexOf('\0') >= 0) {
			throw new IllegalArgumentException(
					"There is a NUL character in %s; no program can be given one".formatted(what));
		}
	}

	private record Place(@Nullable Path directory, @Nullable Map<String, String> environment, boolean newSession,
			OptionalLong group) {

		private static final Place INHERITED = new Place(null, null, false, OptionalLong.empty());

	}

	private record Streams(Redirect stdin, Redirect stdout, Redirect stderr, boolean merged, int limit) {

		private static final Streams INHERITED = new Streams(Redirect.INHERIT, Redirect.INHERIT, Redirect.INHERIT,
				false, DEFAULT_LIMIT);

	}

}
