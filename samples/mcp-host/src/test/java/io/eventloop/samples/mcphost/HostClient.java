package io.eventloop.samples.mcphost;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.jayway.jsonpath.JsonPath;

/**
 * Sends requests to the application.
 */
final class HostClient {

	private final HttpClient http = HttpClient.newHttpClient();

	private final int port;

	HostClient(int port) {
		this.port = port;
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path));
	}

	private HttpResponse<String> send(HttpRequest request) {
		try {
			return this.http.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	String get(String path) {
		return send(request(path).build()).body();
	}

	/**
	 * Return something of a server's state.
	 */
	<T> T state(String server, String property) {
		return JsonPath.<List<T>>read(get("/servers"), "$[?(@.name == '%s')].%s".formatted(server, property)).get(0);
	}

	HttpResponse<String> post(String path) {
		return send(request(path).POST(BodyPublishers.noBody()).build());
	}

	HttpResponse<String> call(String server, String call) {
		return send(callRequest(server, call));
	}

	CompletableFuture<HttpResponse<String>> callLater(String server, String call) {
		return this.http.sendAsync(callRequest(server, call), BodyHandlers.ofString());
	}

	private HttpRequest callRequest(String server, String call) {
		return request("/servers/%s/calls".formatted(server)).header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(call))
			.build();
	}

	static <T> T read(HttpResponse<String> response, String path) {
		return JsonPath.read(response.body(), path);
	}

}
