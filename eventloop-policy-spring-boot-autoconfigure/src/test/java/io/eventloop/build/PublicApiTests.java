package io.eventloop.build;

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

	private static final Path LIST = Path.of("src/test/resources/public-api.txt");

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
	@DisplayName("every package says whether it is API, SPI or internal")
	void everyPackageSaysForWhomItIs() {
		assertThat(PublicApi.packages()).isNotEmpty()
			.allSatisfy((folder) -> assertThat(PublicApi.kindOf(folder)).as(folder.toString())
				.isIn("API", "SPI", "API and SPI", "internal"));
	}

	@Test
	@DisplayName("the public types and members of API and SPI are those of the committed list")
	void publicTypesAndMembersAreTheCommittedOnes() throws IOException {
		List<String> lines = PublicApi.lines();
		Path actual = Files.write(Path.of("target", LIST.getFileName().toString()), lines);
		assertThat(lines).as("public API; where a change is meant, copy %s to %s", actual, LIST)
			.isEqualTo(Files.readAllLines(LIST));
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
