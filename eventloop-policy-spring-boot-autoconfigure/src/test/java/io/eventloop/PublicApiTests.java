package io.eventloop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What users see of the library.
 */
class PublicApiTests {

	private static final Path SOURCES = Path.of("src/main/java");

	@Test
	@DisplayName("N60 every package says what it is for and is null-marked")
	void everyPackageIsNullMarked() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			List<Path> packages = files.filter((file) -> file.toString().endsWith(".java"))
				.map(Path::getParent)
				.distinct()
				.toList();
			assertThat(packages).isNotEmpty()
				.allSatisfy((folder) -> assertThat(read(folder.resolve("package-info.java"))).startsWith("/**")
					.contains("@NullMarked"));
		}
	}

	@Test
	void everyPublicTypeSaysSinceWhen() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			assertThat(files.filter((file) -> file.toString().endsWith(".java"))
				.filter((file) -> read(file).contains("\npublic "))).isNotEmpty()
				.allSatisfy((file) -> assertThat(read(file)).as(file.toString()).contains("@since "));
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
