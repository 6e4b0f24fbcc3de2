package io.eventloop.client;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.eventloop.SubprocessSpec;
import io.eventloop.client.ClientBuilder.NamedCommand;

/**
 * Runs commands on event loops.
 */
final class LoopSubprocessClient implements SubprocessClient {

	private final ClientSettings settings;

	private final List<UnaryOperator<SubprocessCommand>> defaults;

	/**
	 * Made once, so that all runs of a command share its limit.
	 */
	private final Map<String, SubprocessCommand> commands = new LinkedHashMap<>();

	LoopSubprocessClient(ClientSettings settings, List<UnaryOperator<SubprocessCommand>> defaults,
			Map<String, NamedCommand> commands) {
		this.settings = settings;
		this.defaults = defaults;
		commands.forEach((name, command) -> this.commands.put(name, command.settings().apply(command(command.spec()))));
	}

	@Override
	public SubprocessCommand exec(String program, String... arguments) {
		return command(SubprocessSpec.exec(program, arguments));
	}

	@Override
	public SubprocessCommand exec(Path program, String... arguments) {
		return command(SubprocessSpec.exec(program, arguments));
	}

	@Override
	public SubprocessCommand exec(List<String> command) {
		return command(SubprocessSpec.exec(command));
	}

	@Override
	public SubprocessCommand shell(String command) {
		// The shell's $0, so that further arguments begin with $1
		return command(SubprocessSpec.exec("/bin/sh", "-c", command, "sh"));
	}

	@Override
	public SubprocessCommand command(String name, String... furtherArguments) {
		SubprocessCommand command = this.commands.get(name);
		if (command == null) {
			throw new IllegalArgumentException("There is no command named '%s'; %s".formatted(name,
					this.commands.isEmpty() ? "none was configured" : "use one of " + this.commands.keySet()));
		}
		return (furtherArguments.length > 0) ? command.arguments(furtherArguments) : command;
	}

	private SubprocessCommand command(SubprocessSpec spec) {
		SubprocessCommand command = new LoopSubprocessCommand(this.settings, CommandPlan.of(spec));
		for (UnaryOperator<SubprocessCommand> change : this.defaults) {
			command = change.apply(command);
		}
		return command;
	}

	@Override
	public String toString() {
		return "SubprocessClient[loop=%s, commands=%s]".formatted(this.settings.loop(), this.commands.keySet());
	}

}
