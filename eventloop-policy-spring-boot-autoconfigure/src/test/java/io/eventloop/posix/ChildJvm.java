package io.eventloop.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own, for what can only be tried once in each, or only at its start.
 */
public record ChildJvm(int exitCode, String output) {

	public static final String CLASS_PATH = System.getProperty("java.class.path");

	public static ChildJvm run(Class<?> main, String... options) throws IOException, InterruptedException {
		return run(command(main, CLASS_PATH, options));
	}

	public static ChildJvm run(List<String> command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		process.getOutputStream().close();
		try {
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			process.waitFor(1, TimeUnit.MINUTES);
			return new ChildJvm(process.exitValue(), output);
		}
		finally {
			process.destroyForcibly();
		}
	}

	public static List<String> command(Class<?> main, String classPath, String... options) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		if (Runtime.version().feature() >= 22) {
			command.add("--enable-native-access=ALL-UNNAMED");
		}
		command.add("-XX:TieredStopAtLevel=1");
		command.add("-Dstdout.encoding=UTF-8");
		command.addAll(List.of(options));
		command.addAll(List.of("-cp", classPath, main.getName()));
		return command;
	}

	/**
	 * The parts of the class path that are folders or contain one of these names.
	 */
	public static String classPathWithout(String name) {
		return String.join(":",
				List.of(CLASS_PATH.split(":")).stream().filter((part) -> !part.contains(name)).toList());
	}

}
