package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Asks other instances for the output of jobs that they run.
 */
@Component
class Neighbours {

	/** In requests from one instance to another, which are not passed on again. */
	private static final String HOP = "X-Job-Runner-Hop";

	private static final List<String> PASSED_ON = List.of(HttpHeaders.ACCEPT_RANGES, HttpHeaders.CONTENT_RANGE,
			HttpHeaders.CONTENT_TYPE);

	private final Cluster cluster;

	private @Nullable HttpClient http;

	Neighbours(Cluster cluster) {
		this.cluster = cluster;
	}

	/**
	 * Send what another instance answers to a request.
	 * @return whether another instance was asked; if not, there is no output yet
	 * @throws JobProblem if it cannot be reached
	 */
	boolean send(Job job, HttpServletRequest request, HttpServletResponse response) throws IOException {
		String instance = job.instance();
		if (instance == null || instance.equals(this.cluster.name()) || request.getHeader(HOP) != null) {
			return false;
		}
		String address = this.cluster.find(instance).map(Instance::address).orElse(null);
		if (address == null) {
			throw JobProblem.instanceAway(instance, null);
		}
		HttpResponse<InputStream> answer = ask(instance, URI.create(address + request.getRequestURI()), request);
		response.setStatus(answer.statusCode());
		PASSED_ON
			.forEach((name) -> answer.headers().firstValue(name).ifPresent((value) -> response.setHeader(name, value)));
		answer.headers().firstValueAsLong(HttpHeaders.CONTENT_LENGTH).ifPresent(response::setContentLengthLong);
		try (InputStream in = answer.body()) {
			in.transferTo(response.getOutputStream());
		}
		return true;
	}

	private HttpResponse<InputStream> ask(String instance, URI uri, HttpServletRequest request) {
		HttpRequest.Builder question = HttpRequest.newBuilder(uri)
			.timeout(Duration.ofSeconds(5))
			.header(HOP, this.cluster.name())
			.method(request.getMethod(), HttpRequest.BodyPublishers.noBody());
		@Nullable String range = request.getHeader(HttpHeaders.RANGE);
		if (range != null) {
			question.header(HttpHeaders.RANGE, range);
		}
		try {
			return http().send(question.build(), BodyHandlers.ofInputStream());
		}
		catch (IOException ex) {
			throw JobProblem.instanceAway(instance, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw JobProblem.instanceAway(instance, ex);
		}
	}

	/**
	 * Has a thread and descriptors, which a service that runs alone does not need.
	 */
	private synchronized HttpClient http() {
		HttpClient client = this.http;
		if (client == null) {
			client = HttpClient.newBuilder()
				.version(HttpClient.Version.HTTP_1_1)
				.connectTimeout(Duration.ofSeconds(2))
				.build();
			this.http = client;
		}
		return client;
	}

}
