package io.eventloop.autoconfigure;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;

import io.eventloop.autoconfigure.SubprocessClientProperties.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Checks at the start whether the program of a named command exists.
 */
final class ProgramCheck {

	private static final Logger logger = LoggerFactory.getLogger(ProgramCheck.class);

	private ProgramCheck() {
	}

	/**
	 * Fail, or warn, where the program is missing, as the command says.
	 */
	static void of(String name, Command command, String prefix) {
		String program = command.getExec().get(0);
		if (isThere(program, command)) {
			return;
		}
		if (command.isRequired()) {
			throw new InvalidConfigurationPropertyValueException(prefix + "exec", program,
					"There is no such program. Install it, give its path, or set %srequired=false.".formatted(prefix));
		}
		logger.warn("There is no program '{}' for command '{}'; runs of it fail until it is installed", program, name);
	}

	private static boolean isThere(String program, Command command) {
		try {
			if (program.indexOf(File.separatorChar) >= 0) {
				Path directory = command.getDirectory();
				Path path = Path.of(program);
				return Files.isExecutable((directory != null) ? directory.resolve(path) : path);
			}
			String path = command.getEnvironment().getOrDefault("PATH", System.getenv("PATH"));
			return path == null || Arrays.stream(path.split(File.pathSeparator))
				.anyMatch((folder) -> Files.isExecutable(Path.of(folder, program)));
		}
		catch (InvalidPathException ex) {
			return false;
		}
	}

}
