package io.eventloop.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static io.eventloop.autoconfigure.ConfigurationMetadata.properties;
import static io.eventloop.autoconfigure.ConfigurationMetadata.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What documents say of the whole, and the code can be asked about.
 */
class DocumentedPromisesTests {

	private static final Path CHANGELOG = Path.of("../CHANGELOG.md");

	private static final Path NATIVE_IMAGE_HINTS = Path
		.of("src/main/resources/META-INF/native-image/io.eventloop/eventloop-policy-spring-boot-autoconfigure/"
				+ "reachability-metadata.json");

	@Test
	@DisplayName("N66 the changelog names each property of ours, and says of deprecated ones that they are")
	void changelogNamesEachProperty() throws IOException {
		String changelog = Files.readString(CHANGELOG);
		assertThat(properties()).filteredOn(DocumentedPromisesTests::isOurs).isNotEmpty().allSatisfy((property) -> {
			Pattern name = Pattern.compile('`' + Pattern.quote(text(property, "name")) + "[`=]");
			List<String> lines = changelog.lines().filter(name.asPredicate()).toList();
			assertThat(lines).as("lines of the changelog with %s", name).isNotEmpty();
			if (property.has("deprecation")) {
				assertThat(lines).as("%s is deprecated", name)
					.anyMatch((line) -> line.toLowerCase(Locale.ROOT).contains("deprecated"));
			}
		});
	}

	/**
	 * Return whether Boot has it for every endpoint.
	 */
	private static boolean isOurs(JsonNode property) {
		String name = text(property, "name");
		return !name.endsWith(".access") && !name.endsWith(".cache.time-to-live");
	}

	@Test
	@DisplayName("N58 the startup line, the README's first example and the record recommend the same watcher")
	void watcherIsRecommendedAlike() throws IOException {
		assertThat(ChildWatcherConfiguration.DEFAULT).contains("eventloop.watcher=auto is recommended");
		assertThat(Files.readString(Path.of("../README.md"))).containsPattern("```yaml\neventloop:\n  watcher: auto\n");
		assertThat(Files.readString(Path.of("../docs/decisions/0010-threaded-is-the-default.md")))
			.startsWith("# `threaded` is the default, `auto` is recommended");
		assertThat(new EventLoopProperties().getWatcher()).isEqualTo(EventLoopProperties.Watcher.THREADED);
	}

	@Test
	@DisplayName("N54 documents say that native images are untested, with any policy or watcher, and the hints say so too")
	void nativeImagesAreNotPromised() throws IOException {
		assertThat(Files.readString(Path.of("../README.md"))).contains("| Native image | untested");
		assertThat(Files.readString(Path.of("../docs/lifecycle.md")))
			.contains("Native images are untested, with any policy or watcher");
		assertThat(Files.readString(NATIVE_IMAGE_HINTS)).contains("Untested");
	}

}
