package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Asks a job runner over HTTP, as its users do.
 */
class JobsClient {

	private static final JsonMapper json = JsonMapper.builder().build();

	/** One for all tests, as each has a thread and descriptors of its own. */
	private static final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final int port;

	JobsClient(int port) {
		this.port = port;
	}

	String address(String path) {
		return "http://127.0.0.1:" + this.port + path;
	}

	HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(address(path))).timeout(Duration.ofSeconds(60));
	}

	<T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
		try {
			return http.send(request, handler);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	HttpResponse<String> get(String path) {
		return send(request(path).build(), BodyHandlers.ofString());
	}

	JsonNode getJson(String path) {
		HttpResponse<String> response = get(path);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return json.readTree(response.body());
	}

	HttpResponse<String> post(String command, BodyPublisher body) {
		return send(submission(command, body), BodyHandlers.ofString());
	}

	/**
	 * As curl's {@code --data-binary} does, with the content type of a form.
	 */
	HttpRequest submission(String command, BodyPublisher body) {
		return request("/jobs?command=" + command).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(body)
			.build();
	}

	JobView submit(String command, byte[] body) {
		return created(post(command, BodyPublishers.ofByteArray(body)));
	}

	JobView submit(String command) {
		return created(post(command, BodyPublishers.noBody()));
	}

	CompletableFuture<JobView> submitAsync(String command, byte[] body) {
		return http.sendAsync(submission(command, BodyPublishers.ofByteArray(body)), BodyHandlers.ofString())
			.thenApply(this::created);
	}

	JobView created(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
		JobView job = json.readValue(response.body(), JobView.class);
		assertThat(response.headers().firstValue("Location")).contains("/jobs/" + job.id());
		return job;
	}

	JobView job(long id) {
		HttpResponse<String> response = get("/jobs/" + id);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return json.readValue(response.body(), JobView.class);
	}

	List<JobView> jobs() {
		return List.of(json.readValue(get("/jobs").body(), JobView[].class));
	}

	byte[] output(long id) {
		return send(request("/jobs/" + id + "/output").build(), BodyHandlers.ofByteArray()).body();
	}

	int cancel(long id) {
		return send(request("/jobs/" + id).DELETE().build(), BodyHandlers.discarding()).statusCode();
	}

	JobView awaitState(long id, Job.State state) {
		return await().atMost(Duration.ofSeconds(30)).until(() -> job(id), (job) -> job.state() == state);
	}

	JobView awaitEnd(long id) {
		return await().atMost(Duration.ofSeconds(30)).until(() -> job(id), (job) -> job.state().isFinal());
	}

	double metric(String name) {
		return getJson("/actuator/metrics/" + name).at("/measurements/0/value").doubleValue();
	}

}
