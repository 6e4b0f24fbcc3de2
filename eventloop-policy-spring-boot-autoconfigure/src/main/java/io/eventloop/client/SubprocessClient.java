package io.eventloop.client;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

import io.eventloop.EventLoop;

/**
 * Runs programs. Immutable; may be used from any thread. <pre>{@code
 * String head = client.exec("git", "rev-parse", "HEAD").directory(repo).timeout(ofSeconds(5)).run().line();
 * }</pre> A command that is run on a loop's thread runs on that loop, if it can start
 * children; every other one on the client's.
 * <p>
 * Each program leads a process group of its own, so that a teardown reaches what it has
 * started. On a loop over {@link ProcessBuilder} there are no groups: there a teardown
 * ends what {@link ProcessHandle#descendants()} finds.
 *
 * @since 0.1.0
 */
public interface SubprocessClient {

	/**
	 * Run a program, without a shell.
	 * @param program the program; looked up in the child's {@code PATH} unless it has a
	 * slash
	 * @param arguments its arguments
	 * @return the command, which nothing has started yet
	 * @throws IllegalArgumentException as {@link io.eventloop.SubprocessSpec#exec(List)}
	 */
	SubprocessCommand exec(String program, String... arguments);

	/**
	 * Run the program at a path, without a shell.
	 * @param program the program's path
	 * @param arguments its arguments
	 * @return the command, which nothing has started yet
	 * @throws IllegalArgumentException as
	 * {@link io.eventloop.SubprocessSpec#exec(Path, String...)}
	 */
	SubprocessCommand exec(Path program, String... arguments);

	/**
	 * Run a program, without a shell.
	 * @param command the program and its arguments
	 * @return the command, which nothing has started yet
	 * @throws IllegalArgumentException as {@link io.eventloop.SubprocessSpec#exec(List)}
	 */
	SubprocessCommand exec(List<String> command);

	/**
	 * Run a shell command: {@code /bin/sh -c command}. The shell interprets it: pass what
	 * comes from elsewhere as {@linkplain SubprocessCommand#arguments(String...)
	 * arguments}, which the command sees as {@code "$1"}, {@code "$2"} and so on.
	 * @param command the command
	 * @return the command, which nothing has started yet
	 * @throws IllegalArgumentException as {@link io.eventloop.SubprocessSpec#exec(List)}
	 */
	SubprocessCommand shell(String command);

	/**
	 * Run a named command, with its defaults.
	 * @param name the name that it was configured with
	 * @param furtherArguments what to add to its arguments
	 * @return the command, which nothing has started yet
	 * @throws IllegalArgumentException if no command has that name; the message lists
	 * those there are
	 */
	SubprocessCommand command(String name, String... furtherArguments);

	/**
	 * Create a client with a loop and nothing else.
	 * @param loop the loop that its commands run on
	 * @return the client
	 */
	static SubprocessClient create(EventLoop loop) {
		return builder(loop).build();
	}

	/**
	 * Begin to build a client.
	 * @param loop the loop that its commands run on
	 * @return the builder
	 */
	static Builder builder(EventLoop loop) {
		return new ClientBuilder(loop);
	}

	/**
	 * Builds clients. Belongs to one thread.
	 */
	interface Builder {

		/**
		 * Apply settings to every command, before its own. Several are applied in the
		 * order of these calls.
		 * @param defaults sets them
		 * @return this
		 */
		Builder defaults(UnaryOperator<SubprocessCommand> defaults);

		/**
		 * Name a command. Again for the same name replaces it.
		 * @param name the name
		 * @param command the program and its first arguments
		 * @param settings sets what is different from the defaults
		 * @return this
		 * @throws IllegalArgumentException as
		 * {@link io.eventloop.SubprocessSpec#exec(List)}
		 */
		Builder command(String name, List<String> command, UnaryOperator<SubprocessCommand> settings);

		/**
		 * Limit how many commands of the client run at a time, whichever they are. Takes
		 * turns among them, so that many runs of one do not keep out another.
		 * @param limit the limit, which other clients may share
		 * @return this
		 */
		Builder limit(ConcurrencyLimit limit);

		/**
		 * Set whether the message of a {@link SubprocessFailedException} has the last
		 * lines of the child's standard error, as it has by default.
		 * @param shown whether it has
		 * @return this
		 */
		Builder errorsInMessages(boolean shown);

		/**
		 * Tell an observer of each run. Several are told in the order of these calls.
		 * @param observer the observer
		 * @return this
		 */
		Builder observer(SubprocessObserver observer);

		/**
		 * Run every command on the client's loop, also one that is asked for on the
		 * thread of another loop.
		 * @return this
		 */
		Builder ownLoopOnly();

		/**
		 * Build a client.
		 * @return the client
		 */
		SubprocessClient build();

	}

}
