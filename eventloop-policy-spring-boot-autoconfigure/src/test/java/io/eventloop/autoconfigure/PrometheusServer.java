package io.eventloop.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Prometheus of the system's, which scrapes one application every second.
 */
final class PrometheusServer implements AutoCloseable {

	private static final String CONFIGURATION = """
			global:
			  scrape_interval: 1s
			  scrape_timeout: 1s
			scrape_configs:
			  - job_name: service
			    metrics_path: /actuator/prometheus
			    static_configs:
			      - targets: ['localhost:%s']
			""";

	private final HttpClient client = HttpClient.newHttpClient();

	private final Path log;

	private final int port;

	private final Process process;

	private PrometheusServer(Path log, int port, Process process) {
		this.log = log;
		this.port = port;
		this.process = process;
	}

	/**
	 * Return whether Prometheus and its tool are installed.
	 */
	static boolean isInstalled() {
		List<Path> path = Arrays.stream(System.getenv("PATH").split(":")).map(Path::of).toList();
		return List.of("prometheus", "promtool")
			.stream()
			.allMatch((program) -> path.stream().anyMatch((folder) -> Files.isExecutable(folder.resolve(program))));
	}

	static PrometheusServer scraping(String applicationPort, Path folder) throws IOException {
		Path configuration = Files.writeString(folder.resolve("prometheus.yml"),
				CONFIGURATION.formatted(applicationPort));
		Path log = folder.resolve("prometheus.log");
		int port = freePort();
		Process process = new ProcessBuilder("prometheus", "--config.file=" + configuration,
				"--storage.tsdb.path=" + folder.resolve("data"), "--web.listen-address=127.0.0.1:" + port)
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		return new PrometheusServer(log, port, process);
	}

	/**
	 * Answer a query now.
	 * @return the values of the series found, none as long as the server is not ready
	 */
	List<Double> query(String expression) {
		return ask("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)).path("result")
			.valueStream()
			.map((series) -> Double.parseDouble(series.get("value").get(1).asString()))
			.toList();
	}

	/**
	 * Return the values that a label has on the series of a selector.
	 */
	List<String> labelValues(String selector, String label) {
		return ask("label/%s/values?match[]=%s".formatted(label, URLEncoder.encode(selector, StandardCharsets.UTF_8)))
			.valueStream()
			.map(JsonNode::asString)
			.toList();
	}

	private JsonNode ask(String path) {
		if (!this.process.isAlive()) {
			throw new IllegalStateException("Prometheus has ended: " + log());
		}
		URI uri = URI.create("http://127.0.0.1:%d/api/v1/%s".formatted(this.port, path.replace("[]", "%5B%5D")));
		try {
			String answer = this.client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
				.body();
			JsonNode json = JsonMapper.shared().readTree(answer);
			if (!json.path("status").asString().equals("success")) {
				throw new IllegalStateException("Prometheus refuses %s: %s".formatted(path, answer));
			}
			return json.get("data");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			this.process.onExit().get(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException | ExecutionException | TimeoutException ex) {
			this.process.destroyForcibly();
			throw new IllegalStateException("Prometheus did not end: " + log(), ex);
		}
	}

}
