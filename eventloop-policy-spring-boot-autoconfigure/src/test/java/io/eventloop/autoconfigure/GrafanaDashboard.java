package io.eventloop.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The dashboard in {@code docs/grafana}.
 */
final class GrafanaDashboard {

	private final JsonNode json;

	private GrafanaDashboard(JsonNode json) {
		this.json = json;
	}

	static GrafanaDashboard read() {
		try {
			return new GrafanaDashboard(
					JsonMapper.shared().readTree(Files.readString(Path.of("..", "docs", "grafana", "eventloop.json"))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the panels that show something, and not the rows that part them.
	 */
	List<JsonNode> panels() {
		return this.json.get("panels")
			.valueStream()
			.filter((panel) -> !panel.get("type").asString().equals("row"))
			.toList();
	}

	/**
	 * Return the queries of the panels as they are written, with Grafana's variables, but
	 * for those of the job-runner, whose tests check them.
	 */
	List<String> queries() {
		return panels().stream()
			.flatMap((panel) -> panel.get("targets").valueStream())
			.map((target) -> target.get("expr").asString())
			.filter((query) -> !query.contains("(jobs_"))
			.toList();
	}

	/**
	 * Return the queries that fill the variables.
	 */
	List<String> variableQueries() {
		return this.json.get("templating")
			.get("list")
			.valueStream()
			.filter((variable) -> variable.get("type").asString().equals("query"))
			.map((variable) -> variable.get("query").get("query").asString())
			.toList();
	}

}
