package io.eventloop.samples.benchmarks;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Output for the user during a run.
 */
final class Console {

	private static final PrintStream OUT = new PrintStream(new FileOutputStream(FileDescriptor.out), true,
			StandardCharsets.UTF_8);

	private Console() {
	}

	static void print(String text) {
		OUT.print(text);
		OUT.flush();
	}

	static void println(String line) {
		OUT.println(line);
	}

}
