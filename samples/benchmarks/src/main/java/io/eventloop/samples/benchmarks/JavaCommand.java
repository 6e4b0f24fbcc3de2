package io.eventloop.samples.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.eventloop.samples.benchmarks.contender.ContenderMain;

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
			List<String> command = new ArrayList<>(this.start);
			if (MEMORY.contains(tested)) {
				command.addAll(this.heap);
			}
			command.addAll(List.of(options));
			command.addAll(
					List.of("-cp", System.getProperty("java.class.path"), ContenderMain.class.getName(), contender));
			return command;
		};
	}

}
