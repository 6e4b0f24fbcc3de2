package io.eventloop.autoconfigure;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.util.ClassUtils;

import static io.eventloop.autoconfigure.ConfigurationMetadata.hints;
import static io.eventloop.autoconfigure.ConfigurationMetadata.properties;
import static io.eventloop.autoconfigure.ConfigurationMetadata.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an IDE shows of the properties.
 */
class ConfigurationMetadataTests {

	private static final Path ENUMS = Path.of("src/main/java/io/eventloop/autoconfigure/EventLoopProperties.java");

	@Test
	@DisplayName("N3 every property has a type, a description and a default")
	void everyPropertyIsDescribed() {
		assertThat(names()).contains("eventloop.enabled", "eventloop.policy", "eventloop.watcher", "eventloop.debug",
				"eventloop.shutdown.grace-period");
		assertThat(properties()).allSatisfy((property) -> {
			assertThat(text(property, "type")).as(text(property, "name")).isNotBlank();
			assertThat(text(property, "description")).as(text(property, "name")).isNotBlank();
			assertThat(property.has("defaultValue")).as("default of %s", text(property, "name")).isTrue();
		});
	}

	@Test
	@DisplayName("N4 descriptions follow Boot's rules")
	void descriptionsFollowBootsRules() {
		assertThat(properties()).allSatisfy((property) -> {
			String description = text(property, "description");
			assertThat(description).doesNotStartWithIgnoringCase("the ").doesNotStartWith("A ").endsWith(".");
			assertThat(description).doesNotContainIgnoringCase("default").doesNotContain("<", "{@");
			if (text(property, "type").equals("java.lang.Boolean")) {
				assertThat(description).startsWith("Whether ");
			}
		});
	}

	@Test
	@DisplayName("N5 choices are enums, and each of their constants has Javadoc")
	void choicesAreEnumsWithJavadoc() throws Exception {
		String source = Files.readString(ENUMS);
		for (String name : List.of("eventloop.policy", "eventloop.selector", "eventloop.watcher",
				"eventloop.reap-orphans")) {
			Class<?> type = ClassUtils.forName(type(name), null);
			assertThat(type.isEnum()).as(name).isTrue();
			assertThat(Arrays.stream(type.getFields()).filter(Field::isEnumConstant)).isNotEmpty()
				.allSatisfy((constant) -> assertThat(source).containsPattern("\\*/\\s+" + constant.getName() + "\\b"));
		}
	}

	@Test
	@DisplayName("N6 properties are sorted and unique; deprecated ones name since and replacement")
	void propertiesAreSortedAndUnique() {
		assertThat(names()).doesNotHaveDuplicates().isSorted();
		assertThat(properties()).filteredOn((property) -> property.has("deprecation")).allSatisfy((property) -> {
			assertThat(property.get("deprecation").has("since")).isTrue();
			assertThat(property.get("deprecation").has("replacement")).isTrue();
		});
	}

	@Test
	@DisplayName("N3 an IDE offers values for each of our durations, sizes and numbers, and they bind")
	void durationsSizesAndNumbersHaveHints() {
		ApplicationConversionService conversions = new ApplicationConversionService();
		assertThat(properties())
			.filteredOn((property) -> property.path("sourceType").asString("").startsWith("io.eventloop"))
			.filteredOn((property) -> text(property, "type").matches(".*\\.(Duration|DataSize|Integer|Long)"))
			.filteredOn((property) -> text(property, "name").startsWith("eventloop."))
			.isNotEmpty()
			.allSatisfy((property) -> {
				Class<?> type = ClassUtils.forName(text(property, "type"), null);
				assertThat(values(text(property, "name"))).as("hint for %s", text(property, "name"))
					.isNotEmpty()
					.allSatisfy((value) -> {
						assertThat(conversions.convert(value.get("value").asString(), type)).isNotNull();
						assertThat(text(value, "description")).isNotBlank().endsWith(".");
					});
			});
	}

	@Test
	@DisplayName("N3 an IDE offers names of commands, and accepts any")
	void namesOfCommandsHaveAHint() {
		assertThat(values("eventloop.client.commands.keys")).isNotEmpty()
			.allSatisfy((value) -> assertThat(text(value, "description")).isNotBlank().endsWith("."));
		assertThat(hints()).filteredOn((hint) -> text(hint, "name").equals("eventloop.client.commands.keys"))
			.allSatisfy((hint) -> assertThat(hint.at("/providers/0/name").asString("")).isEqualTo("any"));
	}

	private static List<JsonNode> values(String name) {
		return hints().stream()
			.filter((hint) -> text(hint, "name").equals(name))
			.flatMap((hint) -> hint.path("values").valueStream())
			.toList();
	}

	private static String type(String name) {
		Map<String, String> types = new HashMap<>();
		properties().forEach((property) -> types.put(text(property, "name"), text(property, "type")));
		return types.getOrDefault(name, "");
	}

	private static List<String> names() {
		return properties().stream().map((property) -> text(property, "name")).toList();
	}

}
