package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * In front of a store: refuses a part of the requests, as one does that is asked too
 * much, and passes on the others.
 */
final class RefusingProxy implements AutoCloseable {

	/** What each connection has of its own. */
	private static final Set<String> OF_CONNECTION = Set.of("connection", "content-length", "expect", "host",
			"transfer-encoding");

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final URI store;

	private final double part;

	private final HttpServer server;

	private final AtomicInteger refused = new AtomicInteger();

	/**
	 * Start to listen.
	 * @param store the store
	 * @param part of the requests that are refused, from 0 to 1
	 */
	RefusingProxy(URI store, double part) throws IOException {
		this.store = store;
		this.part = part;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	int refused() {
		return this.refused.get();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] body = exchange.getRequestBody().readAllBytes();
			if (ThreadLocalRandom.current().nextDouble() < this.part) {
				this.refused.incrementAndGet();
				exchange.sendResponseHeaders(503, -1);
			}
			else {
				pass(exchange, body);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.store.resolve(exchange.getRequestURI()))
			.method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
		exchange.getRequestHeaders().forEach((name, values) -> {
			if (!OF_CONNECTION.contains(name.toLowerCase())) {
				values.forEach((value) -> request.header(name, value));
			}
		});
		HttpResponse<InputStream> answer = this.client.send(request.build(), BodyHandlers.ofInputStream());
		answer.headers().map().forEach((name, values) -> {
			if (!OF_CONNECTION.contains(name.toLowerCase())) {
				exchange.getResponseHeaders().put(name, values);
			}
		});
		byte[] content = answer.body().readAllBytes();
		exchange.sendResponseHeaders(answer.statusCode(), (content.length > 0) ? content.length : -1);
		if (content.length > 0) {
			exchange.getResponseBody().write(content);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
