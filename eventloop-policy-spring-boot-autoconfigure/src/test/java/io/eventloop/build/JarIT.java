package io.eventloop.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What is in the jar.
 */
class JarIT {

	@Test
	@DisplayName("N62 the jar has a licence, a module name and metadata")
	void jarHasLicenceModuleNameAndMetadata() throws IOException {
		try (JarFile jar = new JarFile(jar("").toFile())) {
			assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
				.isEqualTo("io.eventloop");
			assertThat(jar.stream().map(JarEntry::getName)).contains("META-INF/LICENSE",
					"META-INF/spring-configuration-metadata.json", "META-INF/spring-autoconfigure-metadata.properties",
					"META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports",
					"META-INF/services/io.eventloop.EventLoopPolicy");
		}
	}

	@Test
	@DisplayName("N62 sources and Javadoc are beside it")
	void sourcesAndJavadocAreBesideIt() throws IOException {
		// The quick profile leaves them out
		assumeThat(jars("-sources").isEmpty() && jars("-javadoc").isEmpty()).isFalse();
		try (JarFile sources = new JarFile(jar("-sources").toFile());
				JarFile javadoc = new JarFile(jar("-javadoc").toFile())) {
			assertThat(sources.stream().map(JarEntry::getName)).contains("io/eventloop/EventLoop.java",
					"META-INF/LICENSE");
			assertThat(javadoc.stream().map(JarEntry::getName))
				.anyMatch((name) -> name.endsWith("io/eventloop/EventLoop.html"));
		}
	}

	@Test
	@DisplayName("N63 the jar tells nothing of when, where and by whom it was built")
	void jarIsTheSameWhoeverBuildsIt() throws IOException {
		try (JarFile jar = new JarFile(jar("").toFile())) {
			assertThat(jar.stream().map(JarEntry::getTimeLocal).distinct()).hasSize(1);
			assertThat(jar.stream().map(JarEntry::getName)).doesNotHaveDuplicates();
			assertThat(jar.getManifest().getMainAttributes().keySet()).extracting(Object::toString)
				.doesNotContain("Built-By", "Build-Jdk", "Build-Time", "Bnd-LastModified");
		}
	}

	private static Path jar(String classifier) throws IOException {
		List<Path> jars = jars(classifier);
		assumeThat(classifier.isEmpty() && jars.isEmpty()).as("not packaged yet").isFalse();
		assertThat(jars).hasSize(1);
		return jars.get(0);
	}

	private static List<Path> jars(String classifier) throws IOException {
		try (Stream<Path> files = Files.list(Path.of("target"))) {
			return files
				.filter((file) -> file.getFileName()
					.toString()
					.matches("eventloop-[a-z-]+-[0-9.]+(-SNAPSHOT)?%s\\.jar".formatted(classifier)))
				.toList();
		}
	}

}
