package io.eventloop.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.eventloop.metrics.ChildObservationDocumentation;
import io.eventloop.metrics.EventLoopMeters;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.docs.ObservationDocumentation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.util.ClassUtils;

import static io.eventloop.autoconfigure.ConfigurationMetadata.properties;
import static io.eventloop.autoconfigure.ConfigurationMetadata.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documents list the properties and meters that the code defines.
 */
class DocumentedTablesTests {

	@Test
	@DisplayName("N7 the documented table of properties equals the metadata")
	void propertiesEqualTheMetadata() {
		List<List<String>> expected = properties().stream().map(DocumentedTablesTests::row).toList();
		print(expected);
		assertThat(DocumentTable.read("configuration.md", "Properties")).containsExactlyInAnyOrderElementsOf(expected);
	}

	@Test
	@DisplayName("N7 the documented table of meters equals their documentation")
	void metersEqualTheirDocumentation() {
		List<List<String>> expected = Arrays.stream(EventLoopMeters.values()).map(DocumentedTablesTests::row).toList();
		print(expected);
		assertThat(DocumentTable.read("metrics.md", "Meters")).containsExactlyInAnyOrderElementsOf(expected);
	}

	@Test
	@DisplayName("N7 the documented table of observations equals their documentation")
	void observationsEqualTheirDocumentation() {
		List<String> expected = row(ChildObservationDocumentation.CHILD);
		print(List.of(expected));
		assertThat(DocumentTable.read("metrics.md", "Observations")).contains(expected);
	}

	private static List<String> row(JsonNode property) {
		return List.of(code(text(property, "name")), type(text(property, "type")), code(text(property, "defaultValue")),
				text(property, "description"));
	}

	private static List<String> row(EventLoopMeters meter) {
		return List.of(code(meter.getName()), meter.getType().name().toLowerCase(Locale.ROOT),
				codes(meter.getKeyNames()), String.valueOf(meter.getBaseUnit()), meter.getDescription());
	}

	private static List<String> row(ObservationDocumentation observation) {
		return List.of(code(observation.getName()), code("child NAME"), codes(observation.getLowCardinalityKeyNames()),
				codes(observation.getHighCardinalityKeyNames()));
	}

	private static String codes(KeyName[] names) {
		return Arrays.stream(names).map((name) -> code(name.asString())).collect(Collectors.joining(", "));
	}

	/**
	 * The simple name, or the values of an enum.
	 */
	private static String type(String name) {
		Class<?> type = ClassUtils.resolveClassName(name.replaceFirst("<.*", ""), null);
		return type.isEnum() ? Arrays.stream(type.getEnumConstants())
			.map((constant) -> code(DataObjectPropertyName.toDashedForm(constant.toString().toLowerCase(Locale.ROOT))))
			.collect(Collectors.joining(", ")) : code(type.getSimpleName());
	}

	private static String code(String text) {
		return '`' + text + '`';
	}

	/**
	 * Print the rows to copy into the document.
	 */
	private static void print(List<List<String>> rows) {
		rows.forEach((row) -> System.out.println("| " + String.join(" | ", row) + " |"));
	}

}
