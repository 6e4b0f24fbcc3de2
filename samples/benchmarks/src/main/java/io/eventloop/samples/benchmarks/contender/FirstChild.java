package io.eventloop.samples.benchmarks.contender;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

import io.eventloop.EventLoops;
import io.eventloop.SubprocessSpec;

/**
 * A tool as small as can be: runs one child, reads its output, and says how long that
 * took.
 */
public final class FirstChild {

	private static final String PROGRAM = "/bin/echo";

	private static final String WORD = "hello";

	private FirstChild() {
	}

	/**
	 * Run it.
	 * @param args {@code eventloop} or {@code jdk}
	 * @throws Exception if it fails
	 */
	public static void main(String[] args) throws Exception {
		long start = System.nanoTime();
		String output = args[0].equals("jdk") ? withProcessBuilder() : onALoop();
		long nanos = System.nanoTime() - start;
		if (!output.strip().equals(WORD)) {
			throw new IllegalStateException("The child has written " + output);
		}
		new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8).println(nanos / 1000);
	}

	private static String onALoop() {
		SubprocessSpec spec = SubprocessSpec.exec(PROGRAM, WORD).stdout(Redirect.PIPE);
		return EventLoops.run((loop) -> EventLoops.createSubprocess(spec).thenCompose((child) -> child.communicate()))
			.stdoutText();
	}

	private static String withProcessBuilder() throws Exception {
		Process child = new ProcessBuilder(PROGRAM, WORD).start();
		String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		child.waitFor();
		return output;
	}

}
