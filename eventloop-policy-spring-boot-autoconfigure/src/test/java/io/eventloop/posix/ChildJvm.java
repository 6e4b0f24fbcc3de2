package io.eventloop.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own, for what can only be tried once in each, or only at its start.
 */
public record ChildJvm(int exitCode, String output) {

	public static final String CLASS_PATH = System.getProperty("java.class.path");

	private static final int LIMIT_SECONDS = 150;

	public static ChildJvm run(Class<?> main, String... options) throws IOException, InterruptedException {
		return run(command(main, CLASS_PATH, options));
	}

	/**
	 * Run to the end. One that hangs is killed, and its output ends with its stacks then:
	 * no interrupt reaches a thread that reads from a pipe.
	 */
	public static ChildJvm run(List<String> command) throws IOException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		process.getOutputStream().close();
		CompletableFuture<Boolean> over = new CompletableFuture<Boolean>().completeOnTimeout(false, LIMIT_SECONDS,
				TimeUnit.SECONDS);
		over.thenAccept((inTime) -> end(process, inTime));
		try {
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return new ChildJvm(process.onExit().orTimeout(1, TimeUnit.MINUTES).join().exitValue(), output);
		}
		finally {
			over.complete(true);
		}
	}

	private static void end(Process process, boolean inTime) {
		try {
			if (!inTime) {
				new ProcessBuilder("kill", "-QUIT", String.valueOf(process.pid())).start().waitFor();
				process.waitFor(5, TimeUnit.SECONDS);
			}
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
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
