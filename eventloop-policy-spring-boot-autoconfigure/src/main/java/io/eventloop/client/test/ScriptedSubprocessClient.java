package io.eventloop.client.test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import io.eventloop.client.SubprocessClient;
import io.eventloop.client.SubprocessCommand;

/**
 * A client that runs no program, and answers from a script. <pre>{@code
 * client.when("git", "rev-parse", "HEAD").prints("4f2e91c");
 * client.when("convert").takes(ofSeconds(90)).exits(1);
 * }</pre> All else is real: deadlines, teardowns, limits, consumers, publishers and
 * failures are those of a client with real children, on a clock that is virtual. Time
 * passes by itself, at once, as far as the commands under way want it; with
 * {@link #holdTime()} it passes only when the test says so.
 * <p>
 * Of several rules that match, the last one answers. A command that none matches fails,
 * with a sentence that lists the rules. What a pipeline's commands write to each other is
 * not simulated: each answers by itself. May be used from any thread.
 *
 * @since 0.1.0
 */
public final class ScriptedSubprocessClient implements SubprocessClient, AutoCloseable {

	private final Script script = new Script();

	private final ScriptedLoop loop = ScriptedLoop.of(this.script);

	private final SubprocessClient client = SubprocessClient.builder(this.loop).ownLoopOnly().build();

	private final Thread thread = this.loop.start();

	/**
	 * Create a client without rules.
	 */
	public ScriptedSubprocessClient() {
	}

	/**
	 * Add a rule for a program.
	 * @param program its path or its file name, or the name of a command
	 * @param arguments exactly these; any if there are none
	 * @return the answer, which does nothing yet and exits with code 0
	 */
	public ScriptedAnswer when(String program, String... arguments) {
		return this.script.add(CommandMatcher.of(program, List.of(arguments)));
	}

	/**
	 * Add a rule for a shell command.
	 * @param command the command, as {@link #shell(String)} is given it; its arguments
	 * may be any
	 * @return the answer, which does nothing yet and exits with code 0
	 */
	public ScriptedAnswer whenShell(String command) {
		return this.script.add(CommandMatcher.shell(command));
	}

	/**
	 * Add a rule for all commands that are as wanted.
	 * @param description what they are, for messages
	 * @param wanted tells
	 * @return the answer, which does nothing yet and exits with code 0
	 */
	public ScriptedAnswer whenMatching(String description, Predicate<? super AskedCommand> wanted) {
		return this.script.add(new CommandMatcher(description, wanted));
	}

	/**
	 * Hold the time from now on. Commands that take none still end at once.
	 */
	public void holdTime() {
		this.loop.setTimePasses(false);
	}

	/**
	 * Let the time pass by itself again.
	 */
	public void releaseTime() {
		this.loop.setTimePasses(true);
	}

	/**
	 * Move the time that is held, and wait until nothing is left to do then.
	 * @param time by how much
	 * @throws IllegalArgumentException if it is negative
	 */
	public void advance(Duration time) {
		this.loop.advance(time);
	}

	/**
	 * Return what was run, or could not be started, in this order.
	 * @return the commands so far
	 */
	public List<AskedCommand> asked() {
		return this.script.asked();
	}

	/**
	 * Require that a program was run.
	 * @param program as {@link #when(String, String...)}
	 * @param arguments exactly these; any if there are none
	 * @return the last such command
	 * @throws AssertionError if it was not; the message lists what was
	 */
	public AskedCommand verify(String program, String... arguments) {
		return this.script.verify(CommandMatcher.of(program, List.of(arguments)));
	}

	/**
	 * Require that a program was run so many times.
	 * @param times how many times
	 * @param program as {@link #when(String, String...)}
	 * @param arguments exactly these; any if there are none
	 * @return the commands
	 * @throws AssertionError if it was run more, or less; the message lists what was
	 */
	public List<AskedCommand> verifyTimes(int times, String program, String... arguments) {
		return this.script.verify(CommandMatcher.of(program, List.of(arguments)), times);
	}

	/**
	 * Require that nothing was run but what was verified, and that a rule matched all.
	 * @throws AssertionError if something was
	 */
	public void verifyNothingElse() {
		this.script.verifyNothingElse();
	}

	@Override
	public SubprocessCommand exec(String program, String... arguments) {
		return this.client.exec(program, arguments);
	}

	@Override
	public SubprocessCommand exec(Path program, String... arguments) {
		return this.client.exec(program, arguments);
	}

	@Override
	public SubprocessCommand exec(List<String> command) {
		return this.client.exec(command);
	}

	@Override
	public SubprocessCommand shell(String command) {
		return this.client.shell(command);
	}

	/**
	 * Run a named command. Every name is known here: its program is the name itself, and
	 * its arguments are those that are given here.
	 */
	@Override
	public SubprocessCommand command(String name, String... furtherArguments) {
		return this.client.exec(name, furtherArguments).name(name);
	}

	/**
	 * Close the client. Commands that are under way fail. A second call does nothing.
	 */
	@Override
	public void close() {
		if (!this.loop.isClosed()) {
			this.loop.close(this.thread);
		}
	}

	@Override
	public String toString() {
		return "ScriptedSubprocessClient[asked=%d]".formatted(asked().size());
	}

}
