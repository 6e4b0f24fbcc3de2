package io.eventloop.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.eventloop.metrics.EventLoopMeters;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.util.ClassUtils;

import static io.eventloop.autoconfigure.ConfigurationMetadata.properties;
import static io.eventloop.autoconfigure.ConfigurationMetadata.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README says what the code says.
 */
class ReadmeTests {

	@Test
	@DisplayName("N7 the README's table of properties equals the metadata")
	void propertiesEqualTheMetadata() {
		List<List<String>> expected = properties().stream().map(ReadmeTests::row).toList();
		print(expected);
		assertThat(ReadmeTable.under("Properties")).containsExactlyInAnyOrderElementsOf(expected);
	}

	@Test
	@DisplayName("N7 the README's table of meters equals their documentation")
	void metersEqualTheirDocumentation() {
		List<List<String>> expected = Arrays.stream(EventLoopMeters.values()).map(ReadmeTests::row).toList();
		print(expected);
		assertThat(ReadmeTable.under("Meters")).containsExactlyInAnyOrderElementsOf(expected);
	}

	private static List<String> row(JsonNode property) {
		return List.of(code(text(property, "name")), type(text(property, "type")), code(text(property, "defaultValue")),
				text(property, "description"));
	}

	private static List<String> row(EventLoopMeters meter) {
		String tags = Arrays.stream(meter.getKeyNames())
			.map((tag) -> code(tag.asString()))
			.collect(Collectors.joining(", "));
		return List.of(code(meter.getName()), meter.getType().name().toLowerCase(Locale.ROOT), tags,
				String.valueOf(meter.getBaseUnit()), meter.getDescription());
	}

	/**
	 * The simple name, or the values of an enum.
	 */
	private static String type(String name) {
		Class<?> type = ClassUtils.resolveClassName(name, null);
		return type.isEnum() ? Arrays.stream(type.getEnumConstants())
			.map((constant) -> code(DataObjectPropertyName.toDashedForm(constant.toString().toLowerCase(Locale.ROOT))))
			.collect(Collectors.joining(", ")) : code(type.getSimpleName());
	}

	private static String code(String text) {
		return '`' + text + '`';
	}

	/**
	 * What to copy into the README.
	 */
	private static void print(List<List<String>> rows) {
		rows.forEach((row) -> System.out.println("| " + String.join(" | ", row) + " |"));
	}

}
