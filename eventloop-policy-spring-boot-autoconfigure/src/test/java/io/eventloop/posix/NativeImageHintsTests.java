package io.eventloop.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a native image is told of {@link ForeignApi}. No native image is built.
 */
class NativeImageHintsTests {

	private static final Path HINTS = Path
		.of("src/main/resources/META-INF/native-image/io.eventloop/eventloop-policy-spring-boot-autoconfigure/"
				+ "reachability-metadata.json");

	private static final Pattern NAME = Pattern.compile("\"([A-Za-z$_]+)\"");

	private static final Path SOURCE = Path.of("src/main/java/io/eventloop/posix/ForeignApi.java");

	@Test
	@EnabledForJreRange(min = JRE.JAVA_22)
	@DisplayName("each type, method and field that is named exists in this version of Java")
	void eachNameExists() throws Exception {
		JsonNode types = hints().get("reflection");
		assertThat(types.size()).isGreaterThan(5);
		for (JsonNode hint : types) {
			Class<?> type = type(hint.get("type").asString());
			for (JsonNode method : hint.path("methods")) {
				assertThat(type.getMethod(method.get("name").asString(), parameters(method))).isNotNull();
			}
			for (JsonNode field : hint.path("fields")) {
				assertThat(type.getField(field.get("name").asString())).isNotNull();
			}
		}
	}

	@Test
	@DisplayName("each name that the code looks up is named in the hints")
	void eachLookupIsNamed() throws IOException {
		String hints = Files.readString(HINTS);
		List<String> names = lookups();
		assertThat(names).contains("downcallHandle", "Linker$Option", "JAVA_LONG")
			.allSatisfy((name) -> assertThat(hints).containsPattern("[\".]\\Q%s\\E\"".formatted(name)));
	}

	@Test
	@DisplayName("the one manner of calling is registered: six long numbers, with the error")
	void oneMannerOfCalling() throws IOException {
		JsonNode calls = hints().get("foreign").get("downcalls");
		assertThat(calls.size()).isOne();
		assertThat(calls.get(0).get("parameterTypes").size()).isEqualTo(6);
		assertThat(calls.get(0).get("options").get("captureCallState").asBoolean()).isTrue();
	}

	private static JsonNode hints() throws IOException {
		return JsonMapper.shared().readTree(Files.readString(HINTS));
	}

	private static Class<?> type(String name) throws ClassNotFoundException {
		return ClassUtils.forName(name, null);
	}

	private static Class<?>[] parameters(JsonNode method) throws ClassNotFoundException {
		List<Class<?>> types = new ArrayList<>();
		for (JsonNode parameter : method.get("parameterTypes")) {
			types.add(type(parameter.asString()));
		}
		return types.toArray(Class<?>[]::new);
	}

	/**
	 * The names in quotes that look like a type's or a member's.
	 */
	private static List<String> lookups() throws IOException {
		try (Stream<String> lines = Files.lines(SOURCE)) {
			return lines.filter((line) -> line.contains("type(\"") || line.contains("find"))
				.flatMap((line) -> NAME.matcher(line).results().map((found) -> found.group(1)))
				.toList();
		}
	}

}
