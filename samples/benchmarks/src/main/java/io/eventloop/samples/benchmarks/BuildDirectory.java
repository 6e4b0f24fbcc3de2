package io.eventloop.samples.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A temporary folder with the contenders that are not written in Java, compiled if
 * necessary.
 */
final class BuildDirectory implements AutoCloseable {

	/**
	 * Stands for the minimal child among the parameters of a case.
	 */
	static final String MINIMAL_CHILD = "{minimal-child}";

	/**
	 * The program that is the clients of the cases H and H2.
	 */
	static final String LOAD = "load";

	private final Path folder;

	BuildDirectory() {
		try {
			this.folder = Files.createTempDirectory("benchmarks");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Path file(String name) {
		return this.folder.resolve(name);
	}

	Path script(String name) {
		Path target = file(name);
		try (InputStream source = BuildDirectory.class.getResourceAsStream("/contenders/" + name)) {
			if (source == null) {
				throw new IllegalStateException("There is no resource contenders/" + name);
			}
			if (!Files.exists(target)) {
				Files.copy(source, target);
			}
			return target;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Compile a C program.
	 * @param name its name
	 * @param options the compiler's options
	 * @return the program, empty if the compiler fails
	 */
	Optional<Path> compile(String name, String... options) {
		return compileAs(name, name, options);
	}

	/**
	 * Compile a C program under another name.
	 * @param as the name of the program
	 * @param name the name of its source
	 * @param options the compiler's options
	 * @return the program, empty if the compiler fails
	 */
	Optional<Path> compileAs(String as, String name, String... options) {
		Path program = file(as);
		List<String> command = new ArrayList<>(List.of("gcc", "-O2", "-o", program.toString()));
		command.addAll(List.of(options));
		command.add(script(name + ".c").toString());
		return Commands.output(command).map((ignored) -> program);
	}

	/**
	 * Return the minimal child.
	 * @return the program, if it was {@linkplain #compile compiled}
	 */
	Path minimalChild() {
		return file("minimal_child");
	}

	boolean hasMinimalChild() {
		return Files.exists(minimalChild());
	}

	boolean hasLoad() {
		return Files.exists(file(LOAD));
	}

	@Override
	public void close() {
		try (Stream<Path> files = Files.walk(this.folder)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
