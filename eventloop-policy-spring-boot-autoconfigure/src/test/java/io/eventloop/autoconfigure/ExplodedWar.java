package io.eventloop.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.eventloop.EventLoop;
import io.eventloop.posix.ChildJvm;

/**
 * A WAR in a folder, with the libraries that an application with Spring MVC has.
 */
final class ExplodedWar {

	private static final String LIBRARIES = "(spring-|micrometer-commons|micrometer-observation|jffi-|jspecify|slf4j|logback|"
			+ "jackson-|commons-logging|snakeyaml).*";

	private static final String ELSEWHERE = "spring-boot-(tomcat|starter-tomcat|starter-reactor|reactor|netty|webflux|starter-webflux|test).*"
			+ "|spring-(test|webflux).*|.*-test-.*";

	private ExplodedWar() {
	}

	/**
	 * Make the WAR.
	 * @param folder where to make it
	 * @param application its initializer
	 * @param withStarter whether the library and what it needs are in it
	 */
	static Path in(Path folder, Class<?> application, boolean withStarter) throws Exception {
		Path libraries = Files.createDirectories(folder.resolve("WEB-INF/lib"));
		for (Path library : libraries(LIBRARIES, ELSEWHERE)) {
			if (withStarter || !library.getFileName().toString().matches("jffi-.*")) {
				Files.copy(library, libraries.resolve(library.getFileName()));
			}
		}
		Path classes = folder.resolve("WEB-INF/classes");
		if (withStarter) {
			Path library = locationOf(EventLoop.class);
			if (Files.isDirectory(library)) {
				copy(library, classes, "");
			}
			else {
				Files.copy(library, libraries.resolve(library.getFileName()));
			}
		}
		copy(locationOf(application), classes, application.getName().replace('.', '/'));
		return folder;
	}

	/**
	 * Return the class path of a JVM that has Tomcat and one class of the tests.
	 */
	static String classPathOfTomcat(Path folder, Class<?> main) throws Exception {
		copy(locationOf(main), folder, main.getName().replace('.', '/'));
		return Stream.concat(Stream.of(folder), libraries("(tomcat-embed-|jakarta\\.annotation).*", "").stream())
			.map(Path::toString)
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static List<Path> libraries(String which, String but) {
		return Arrays.stream(ChildJvm.CLASS_PATH.split(File.pathSeparator)).map(Path::of).filter((path) -> {
			String name = path.getFileName().toString();
			return name.endsWith(".jar") && name.matches(which) && !name.matches(but);
		}).toList();
	}

	private static Path locationOf(Class<?> type) throws Exception {
		return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
	}

	private static void copy(Path from, Path to, String prefix) throws IOException {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				String name = from.relativize(file).toString();
				if (name.startsWith(prefix)) {
					Path target = to.resolve(name);
					Files.createDirectories(target.getParent());
					Files.copy(file, target);
				}
			}
		}
	}

}
