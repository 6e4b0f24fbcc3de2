package io.eventloop.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The metadata that the annotation processor has written.
 */
final class ConfigurationMetadata {

	private ConfigurationMetadata() {
	}

	static List<JsonNode> properties() {
		return group("properties");
	}

	static List<JsonNode> hints() {
		return group("hints");
	}

	private static List<JsonNode> group(String name) {
		try (InputStream metadata = EventLoopProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return JsonMapper.shared().readTree(metadata).get(name).valueStream().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String text(JsonNode node, String field) {
		return node.path(field).asString("");
	}

}
