package io.eventloop.watcher;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.eventloop.EventLoop;

/**
 * Loads the classes that a JVM without descriptors, or as another user, could not load
 * any more.
 */
final class LoadedClasses {

	private LoadedClasses() {
	}

	/**
	 * Load all of the library's and of its watchers' tests, and open all jars.
	 */
	static void all() throws Exception {
		for (String name : namesIn(EventLoop.class, "io/eventloop")) {
			if (!name.contains(".autoconfigure.")) {
				Class.forName(name);
			}
		}
		for (String name : namesIn(LoadedClasses.class, "io/eventloop/watcher")) {
			Class.forName(name, false, LoadedClasses.class.getClassLoader());
		}
		try {
			Class.forName("no.such.Class");
		}
		catch (ClassNotFoundException ex) {
			// It was searched for in each jar
		}
	}

	private static List<String> namesIn(Class<?> example, String folder) throws IOException, URISyntaxException {
		Path root = Path.of(example.getProtectionDomain().getCodeSource().getLocation().toURI());
		if (!Files.isDirectory(root)) {
			return List.of();
		}
		try (Stream<Path> files = Files.walk(root.resolve(folder))) {
			return files.map((file) -> root.relativize(file).toString())
				.filter((file) -> file.endsWith(".class") && !file.contains("-info"))
				.map((file) -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
				.toList();
		}
	}

}
