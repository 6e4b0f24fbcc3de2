package io.eventloop.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.eventloop.ChildRestrictions;
import io.eventloop.Teardown;
import io.eventloop.autoconfigure.SubprocessClientProperties.Command;
import io.eventloop.autoconfigure.SubprocessClientProperties.Defaults;
import io.eventloop.client.ConcurrencyLimit;
import io.eventloop.client.SubprocessClient;
import io.eventloop.client.SubprocessCommand;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * What {@code eventloop.client} says, checked and ready for any number of builders, whose
 * clients share its limits.
 */
final class ConfiguredCommands {

	private static final String PREFIX = "eventloop.client.";

	private final boolean errorsInMessages;

	private final @Nullable ConcurrencyLimit limit;

	private final UnaryOperator<SubprocessCommand> defaults;

	private final List<Named> commands = new ArrayList<>();

	private final List<ConcurrencyLimit> limits = new ArrayList<>();

	ConfiguredCommands(SubprocessClientProperties properties) {
		this.errorsInMessages = properties.isErrorsInMessages();
		this.limit = limit("client", PREFIX, properties.getMaxConcurrent(), properties.getQueue());
		this.defaults = defaults(properties.getDefaults());
		properties.getCommands().forEach((name, command) -> this.commands.add(named(name, command)));
	}

	/**
	 * Return all limits: that of all commands, and those of single ones.
	 */
	List<ConcurrencyLimit> limits() {
		return this.limits;
	}

	/**
	 * Set what the properties say.
	 */
	void configure(SubprocessClient.Builder builder) {
		builder.errorsInMessages(this.errorsInMessages).defaults(this.defaults);
		if (this.limit != null) {
			builder.limit(this.limit);
		}
		this.commands.forEach((command) -> builder.command(command.name(), command.exec(), command.settings()));
	}

	private static UnaryOperator<SubprocessCommand> defaults(Defaults properties) {
		String prefix = PREFIX + "defaults.";
		List<UnaryOperator<SubprocessCommand>> settings = new ArrayList<>();
		Duration timeout = properties.getTimeout();
		requireNotNegative(prefix + "timeout", timeout);
		if (!timeout.isZero()) {
			settings.add((command) -> command.timeout(timeout));
		}
		requireNotNegative(prefix + "drain-timeout", properties.getDrainTimeout());
		long maxOutput = positive(prefix + "max-output", properties.getMaxOutput().toBytes());
		Teardown teardown = TeardownProperty.read(prefix + "teardown", properties.getTeardown());
		settings.add((
				command) -> command.drainTimeout(properties.getDrainTimeout()).maxOutput(maxOutput).teardown(teardown));
		return all(settings);
	}

	private Named named(String name, Command command) {
		String prefix = PREFIX + "commands." + name + ".";
		if (command.getExec().isEmpty() || command.getExec().get(0).isBlank()) {
			throw new InvalidConfigurationPropertyValueException(prefix + "exec", program(command),
					"It names no program. Give the program and its first arguments.");
		}
		ProgramCheck.of(name, command, prefix);
		return new Named(name, command.getExec(), all(settings(name, command, prefix)));
	}

	/**
	 * Return the program alone, for a message: what follows it may be a secret.
	 */
	private static String program(Command command) {
		return command.getExec().isEmpty() ? "" : command.getExec().get(0);
	}

	private List<UnaryOperator<SubprocessCommand>> settings(String name, Command properties, String prefix) {
		List<UnaryOperator<SubprocessCommand>> settings = new ArrayList<>();
		settings.add((command) -> command.environment(properties.getEnvironment()));
		Path directory = properties.getDirectory();
		if (directory != null) {
			settings.add((command) -> command.directory(directory));
		}
		Duration timeout = properties.getTimeout();
		if (timeout != null) {
			positive(prefix + "timeout", timeout.toNanos());
			settings.add((command) -> command.timeout(timeout));
		}
		Duration drainTimeout = properties.getDrainTimeout();
		if (drainTimeout != null) {
			requireNotNegative(prefix + "drain-timeout", drainTimeout);
			settings.add((command) -> command.drainTimeout(drainTimeout));
		}
		if (properties.getMaxOutput() != null) {
			long maxOutput = positive(prefix + "max-output", properties.getMaxOutput().toBytes());
			settings.add((command) -> command.maxOutput(maxOutput));
		}
		ConcurrencyLimit limit = limit(name, prefix, properties.getMaxConcurrent(), properties.getQueue());
		if (limit != null) {
			settings.add((command) -> command.limit(limit));
		}
		int[] codes = properties.getSuccessCodes().stream().mapToInt(Integer::intValue).toArray();
		if (codes.length > 0) {
			settings.add((command) -> command.successCodes(codes));
		}
		if (properties.getTeardown() != null) {
			Teardown teardown = TeardownProperty.read(prefix + "teardown", properties.getTeardown());
			settings.add((command) -> command.teardown(teardown));
		}
		ChildRestrictions restrictions = ConfiguredRestrictions.of(name, properties, prefix);
		settings.add((command) -> command.restrictions(restrictions));
		if (properties.isEndTreeOnExit()) {
			settings.add(SubprocessCommand::endTreeOnExit);
		}
		return settings;
	}

	private static UnaryOperator<SubprocessCommand> all(List<UnaryOperator<SubprocessCommand>> settings) {
		return (command) -> {
			SubprocessCommand changed = command;
			for (UnaryOperator<SubprocessCommand> setting : settings) {
				changed = setting.apply(changed);
			}
			return changed;
		};
	}

	private @Nullable ConcurrencyLimit limit(String name, String prefix, int max, int queue) {
		if (max < 0) {
			throw new InvalidConfigurationPropertyValueException(prefix + "max-concurrent", max,
					"It must not be negative; use 0 for no limit.");
		}
		if (queue < 0) {
			throw new InvalidConfigurationPropertyValueException(prefix + "queue", queue,
					"It must not be negative; use 0 to let none wait.");
		}
		if (max == 0) {
			return null;
		}
		ConcurrencyLimit limit = ConcurrencyLimit.of(name, max, queue);
		this.limits.add(limit);
		return limit;
	}

	private static long positive(String property, long value) {
		if (value <= 0) {
			throw new InvalidConfigurationPropertyValueException(property, value, "It must be positive.");
		}
		return value;
	}

	private static void requireNotNegative(String property, Duration value) {
		if (value.isNegative()) {
			throw new InvalidConfigurationPropertyValueException(property, value, "It must not be negative.");
		}
	}

	/**
	 * A command with its name.
	 *
	 * @param name the name
	 * @param exec the program and its first arguments
	 * @param settings sets what differs from the defaults
	 */
	private record Named(String name, List<String> exec, UnaryOperator<SubprocessCommand> settings) {

		@Override
		public String toString() {
			return "Named[%s]".formatted(this.name);
		}

	}

}
