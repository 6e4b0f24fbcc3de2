package io.eventloop.samples.jobrunner;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.eventloop.samples.jobrunner.JobsProperties.CommandProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * The commands that can be run: the configured ones whose program is installed.
 */
@Component
class Catalogue {

	private static final Logger logger = LoggerFactory.getLogger(Catalogue.class);

	private final Map<String, Command> commands = new LinkedHashMap<>();

	Catalogue(JobsProperties properties) {
		properties.commands().forEach(this::add);
	}

	private void add(String name, CommandProperties properties) {
		Command command = new Command(name, properties.description(), properties.input(), properties.exec(),
				new Command.Rules(properties.priority(), properties.idempotent(), properties.limit(),
						properties.instanceLimit()));
		if (isInstalled(command.program())) {
			this.commands.put(name, command);
		}
		else {
			logger.info("Command '{}' is not offered: program '{}' is not installed", name, command.program());
		}
	}

	Collection<Command> commands() {
		return Collections.unmodifiableCollection(this.commands.values());
	}

	Optional<Command> find(String name) {
		return Optional.ofNullable(this.commands.get(name));
	}

	Command get(@Nullable String name) {
		Command command = this.commands.get(name);
		if (command == null) {
			throw JobProblem.unknownCommand(name, this.commands.keySet());
		}
		return command;
	}

	private static boolean isInstalled(String program) {
		if (program.indexOf('/') >= 0) {
			return isProgram(Path.of(program));
		}
		String path = System.getenv().getOrDefault("PATH", "");
		return Pattern.compile(Pattern.quote(File.pathSeparator))
			.splitAsStream(path)
			.anyMatch((directory) -> isProgram(Path.of(directory, program)));
	}

	private static boolean isProgram(Path path) {
		return Files.isRegularFile(path) && Files.isExecutable(path);
	}

}
