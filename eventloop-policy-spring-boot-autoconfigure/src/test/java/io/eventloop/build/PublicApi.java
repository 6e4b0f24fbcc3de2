package io.eventloop.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The public types and members of the packages that say of themselves that they are API
 * or SPI, one per line.
 */
final class PublicApi {

	private static final Path SOURCES = Path.of("src/main/java");

	private static final Path CLASSES = Path.of("target/classes");

	private PublicApi() {
	}

	/**
	 * Return the lines, in the order of their text.
	 */
	static List<String> lines() {
		return packages().filter((folder) -> kindOf(folder).contains("PI"))
			.flatMap(PublicApi::typesIn)
			.flatMap(PublicApi::describe)
			.sorted()
			.toList();
	}

	/**
	 * Return the directories of all packages.
	 */
	static Stream<Path> packages() {
		return walk(SOURCES).filter((file) -> file.endsWith("package-info.java"))
			.map((file) -> Objects.requireNonNull(file.getParent()));
	}

	/**
	 * Return what a package says that it is: API, SPI, both or internal.
	 */
	static String kindOf(Path folder) {
		String start = "This package is ";
		return read(folder.resolve("package-info.java")).lines()
			.filter((line) -> line.contains(start))
			.map((line) -> line.substring(line.indexOf(start) + start.length(), line.length() - 1))
			.findFirst()
			.orElse("");
	}

	private static Stream<Class<?>> typesIn(Path folder) {
		Path classes = CLASSES.resolve(SOURCES.relativize(folder));
		return walk(classes).filter((file) -> classes.equals(file.getParent()) && file.toString().endsWith(".class"))
			.map((file) -> CLASSES.relativize(file).toString())
			.<Class<?>>map((file) -> load(file.substring(0, file.length() - ".class".length()).replace('/', '.')))
			.filter(PublicApi::isVisible);
	}

	private static boolean isVisible(Class<?> type) {
		Class<?> outer = type.getEnclosingClass();
		return isVisible(type.getModifiers()) && !type.isAnonymousClass() && (outer == null || isVisible(outer));
	}

	private static boolean isVisible(int modifiers) {
		return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
	}

	private static Stream<String> describe(Class<?> type) {
		Stream<Member> members = Stream
			.of(type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
			.flatMap(Stream::of);
		// Java 17 leaves out whether a type is sealed
		return Stream.concat(Stream.of(type.toGenericString().replaceAll("(non-)?sealed ", "") + extending(type)),
				members.filter((member) -> isVisible(member.getModifiers()) && !isImplied(member))
					.map((member) -> type.getName() + ": " + text(member)));
	}

	/**
	 * Return whether each record, or each enum, has it.
	 */
	private static boolean isImplied(Member member) {
		return member.isSynthetic()
				|| member.getDeclaringClass().isRecord()
						&& List.of("equals", "hashCode", "toString").contains(member.getName())
				|| member.getDeclaringClass().isEnum() && List.of("values", "valueOf").contains(member.getName());
	}

	private static String extending(Class<?> type) {
		String parent = (type.getGenericSuperclass() == null || type.getSuperclass() == Object.class) ? ""
				: " extends " + type.getGenericSuperclass().getTypeName();
		List<String> interfaces = Stream.of(type.getGenericInterfaces()).map(Object::toString).toList();
		return parent + (interfaces.isEmpty() ? "" : " implements " + interfaces);
	}

	private static String text(Member member) {
		if (member instanceof Field field) {
			return field.toGenericString();
		}
		Executable executable = (member instanceof Method method) ? method : (Constructor<?>) member;
		return executable.toGenericString();
	}

	private static Class<?> load(String name) {
		try {
			return Class.forName(name, false, PublicApi.class.getClassLoader());
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Stream<Path> walk(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
