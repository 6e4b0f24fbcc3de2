package io.eventloop.samples.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.eventloop.samples.benchmarks.contender.ContenderMain;
import io.eventloop.samples.benchmarks.contender.FirstChild;
import io.eventloop.samples.benchmarks.contender.Launches;

/**
 * Starts the contenders written in Java, with this JVM, its class path and its default
 * options.
 */
final class JavaCommand {

	private static final int NATIVE_ACCESS = 22;

	/**
	 * Where memory and threads are measured, the heap is resident from the start, and the
	 * number of JVM threads is constant.
	 */
	private static final Set<Case> MEMORY = EnumSet.of(Case.C, Case.SCALE);

	private final List<String> start = new ArrayList<>();

	private final List<String> heap;

	JavaCommand(Size size) {
		this.start.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		if (Runtime.version().feature() >= NATIVE_ACCESS) {
			this.start.add("--enable-native-access=ALL-UNNAMED");
		}
		if (size == Size.SMOKE) {
			this.start.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
		}
		String heap = (size == Size.SMOKE) ? "32m" : "256m";
		this.heap = List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+AlwaysPreTouch",
				"-XX:-UseDynamicNumberOfCompilerThreads", "-XX:-UseDynamicNumberOfGCThreads");
	}

	Function<Case, List<String>> of(String contender, String... options) {
		return (tested) -> {
			if (tested == Case.FIRST) {
				return launches(firstChild(contender, options));
			}
			List<String> command = new ArrayList<>(this.start);
			if (MEMORY.contains(tested)) {
				command.addAll(this.heap);
			}
			command.addAll(List.of(options));
			command.addAll(classPathAnd(ContenderMain.class, contender));
			return command;
		};
	}

	/**
	 * Return what starts a program that is not written in Java.
	 */
	Function<Case, List<String>> once(List<String> program) {
		return (tested) -> (tested == Case.FIRST) ? launches(program) : program;
	}

	/**
	 * Return the command that starts a program again and again, for the case of the first
	 * child.
	 */
	private List<String> launches(List<String> program) {
		List<String> command = new ArrayList<>(this.start);
		command.addAll(classPathAnd(Launches.class, program.toArray(String[]::new)));
		return command;
	}

	private List<String> firstChild(String contender, String... options) {
		List<String> command = new ArrayList<>(this.start);
		command.addAll(List.of(options));
		command.addAll(classPathAnd(FirstChild.class, contender.replaceFirst(":.*", "")));
		return command;
	}

	private static List<String> classPathAnd(Class<?> main, String... arguments) {
		List<String> words = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		words.addAll(List.of(arguments));
		return words;
	}

}
