package io.eventloop.posix;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Which of this process's standard streams it was started with. A JVM that was started
 * without one gives its number to the next file that it opens, commonly its own module
 * image or a jar, and a child that inherits the stream would read or write that file.
 * <p>
 * What was opened by the JVM is told by its close-on-exec flag, which nothing inherited
 * can have, or by its being a file of the Java installation or the class path. Looked up
 * once: {@link #load()} early, before other files take the free numbers. Where
 * {@code /proc} does not tell, every stream counts as inherited. Needs no native code;
 * from any thread.
 *
 * @since 0.1.0
 */
public final class InheritedStreams {

	private static final int COUNT = 3;

	private static final int CLOSE_ON_EXEC = 02000000;

	private static final String FLAGS = "flags:";

	private static final boolean[] MISSING = new boolean[COUNT];

	static {
		if (Files.isDirectory(Path.of("/proc/self/fdinfo"))) {
			for (int stream = 0; stream < COUNT; stream++) {
				MISSING[stream] = isMissing(stream);
			}
		}
	}

	private InheritedStreams() {
	}

	/**
	 * Find out now, unless that was done before.
	 */
	public static void load() {
		// Initializing the class has done it
	}

	/**
	 * Return whether this process was started with a standard stream.
	 * @param stream 0, 1 or 2
	 * @return {@code false} if it was closed
	 */
	public static boolean has(int stream) {
		return !MISSING[stream];
	}

	private static boolean isMissing(int stream) {
		Path link = Path.of("/proc/self/fd/" + stream);
		if (!Files.isSymbolicLink(link)) {
			return true;
		}
		try {
			return isClosedOnExec(Files.readAllLines(Path.of("/proc/self/fdinfo/" + stream)))
					|| isJvmFile(Files.readSymbolicLink(link));
		}
		catch (IOException ex) {
			// Not told: as if inherited
			return false;
		}
	}

	static boolean isClosedOnExec(List<String> lines) {
		for (String line : lines) {
			if (line.startsWith(FLAGS)) {
				return (Integer.parseInt(line.substring(FLAGS.length()).strip(), 8) & CLOSE_ON_EXEC) != 0;
			}
		}
		return false;
	}

	private static boolean isJvmFile(Path file) {
		if (file.startsWith(real(System.getProperty("java.home", "")))) {
			return true;
		}
		String classPath = System.getProperty("java.class.path", "") + File.pathSeparator
				+ System.getProperty("jdk.module.path", "");
		for (String part : classPath.split(File.pathSeparator, -1)) {
			if (!part.isEmpty() && file.equals(real(part)) && Files.isRegularFile(file)) {
				return true;
			}
		}
		return false;
	}

	private static Path real(String name) {
		try {
			return Path.of(name).toRealPath();
		}
		catch (IOException | InvalidPathException ex) {
			return Path.of("/").resolve("nowhere");
		}
	}

}
