package io.eventloop.samples.streamfilter;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.eventloop.netty.NettyEventLoopPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Requests through filters, as clients send them and give them up.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "eventloop.client.commands.cat.exec=cat", "eventloop.client.commands.one.exec=cat",
				"eventloop.client.commands.one.max-concurrent=1", "eventloop.client.commands.one.queue=0",
				"eventloop.client.commands.refuse.exec[0]=sh", "eventloop.client.commands.refuse.exec[1]=-c",
				"eventloop.client.commands.refuse.exec[2]=echo no good >&2; exit 3",
				"eventloop.client.commands.break.exec[0]=sh", "eventloop.client.commands.break.exec[1]=-c",
				"eventloop.client.commands.break.exec[2]=head -c 1; exit 3",
				"eventloop.client.commands.slow.exec=sleep,60", "eventloop.client.commands.slow.timeout=200ms",
				"eventloop.client.commands.none.exec=/no/such/program", "eventloop.client.commands.tree.exec[0]=sh",
				"eventloop.client.commands.tree.exec[1]=-c",
				"eventloop.client.commands.tree.exec[2]=setsid sleep 4321 & cat" })
@Timeout(120)
class FilterIT {

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	int port;

	@Autowired
	NettyEventLoopPolicy policy;

	@AfterEach
	void nothingIsLeft() {
		await().untilAsserted(() -> assertThat(children()).isZero());
		assertThat(ProcessHandle.allProcesses()
			.filter((process) -> process.info().commandLine().orElse("").contains("sleep 4321"))).isEmpty();
	}

	private long children() {
		return this.policy.guests().stream().mapToLong((loop) -> loop.subprocessTransports().size()).sum();
	}

	@Test
	void whatIsPackedIsUnpacked() throws Exception {
		byte[] data = new byte[5_000_000];
		new Random(1).nextBytes(data);
		byte[] packed = through("gzip", data);
		assertThat(packed).startsWith(0x1f, 0x8b);
		assertThat(through("gunzip", packed)).isEqualTo(data);
	}

	private byte[] through(String filter, byte[] data) throws IOException {
		try (RawRequest request = new RawRequest(this.port, "/filter/" + filter)) {
			CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
				try {
					request.write(data);
					request.end();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
			assertThat(request.status()).isEqualTo(200);
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			for (byte[] chunk = request.chunk(); chunk.length > 0; chunk = request.chunk()) {
				all.write(chunk);
			}
			sent.join();
			return all.toByteArray();
		}
	}

	@Test
	void eachChunkComesAsItIsWritten() throws Exception {
		try (RawRequest request = new RawRequest(this.port, "/filter/cat")) {
			for (int i = 0; i < 3; i++) {
				byte[] line = "line %d".formatted(i).getBytes(StandardCharsets.US_ASCII);
				request.write(line);
				if (i == 0) {
					assertThat(request.status()).isEqualTo(200);
				}
				assertThat(request.chunk()).isEqualTo(line);
			}
			request.end();
			assertThat(request.chunk()).isEmpty();
		}
	}

	@Test
	void aClientThatReadsSlowlySlowsTheCommand() throws Exception {
		AtomicLong sent = new AtomicLong();
		try (RawRequest request = new RawRequest(this.port, "/filter/cat")) {
			CompletableFuture.runAsync(() -> {
				try {
					while (true) {
						request.write(new byte[100_000]);
						sent.addAndGet(100_000);
					}
				}
				catch (IOException ex) {
					// Closed
				}
			});
			assertThat(request.status()).isEqualTo(200);
			long[] before = { -1 };
			await().pollInterval(Duration.ofSeconds(1))
				.atMost(Duration.ofSeconds(30))
				.until(() -> before[0] == (before[0] = sent.get()));
			// What is in the sockets and pipes between
			assertThat(sent.get()).isLessThan(64_000_000);
			assertThat(request.chunk()).isNotEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "cat", "tree" })
	void aClientThatGoesAwayEndsTheTree(String filter) throws Exception {
		try (RawRequest request = new RawRequest(this.port, "/filter/" + filter)) {
			request.write(new byte[] { 'a' });
			assertThat(request.status()).isEqualTo(200);
			assertThat(children()).isEqualTo(1);
		}
	}

	@Test
	void aClientThatGoesAwayWhileItSendsEndsTheCommand() throws Exception {
		try (RawRequest request = new RawRequest(this.port, "/filter/sort")) {
			request.write(new byte[] { 'a' });
			await().until(() -> children() == 1);
		}
	}

	@Test
	void aFailureBeforeTheFirstByteIsAProblem() throws Exception {
		HttpResponse<String> answer = post("refuse", "x");
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(answer.body()).contains("\"title\":\"Filter failed\"", "ended with exit code 3: no good");
	}

	@Test
	void aFailureAfterTheFirstByteBreaksTheResponseOff() throws Exception {
		try (RawRequest request = new RawRequest(this.port, "/filter/break")) {
			request.write(new byte[] { 'a' });
			assertThat(request.status()).isEqualTo(200);
			assertThat(request.chunk()).containsExactly('a');
			assertThatExceptionOfType(EOFException.class).isThrownBy(request::chunk);
		}
	}

	@Test
	void problems() throws Exception {
		assertThat(post("unknown", "x")).satisfies((answer) -> {
			assertThat(answer.statusCode()).isEqualTo(404);
			assertThat(answer.body()).contains("There is no filter 'unknown'; choose one of", "gzip");
		});
		assertThat(post("none", "x")).satisfies((answer) -> {
			assertThat(answer.statusCode()).isEqualTo(501);
			assertThat(answer.body()).contains("The program of filter 'none' is not installed.");
		});
		assertThat(post("slow", "x")).satisfies((answer) -> {
			assertThat(answer.statusCode()).isEqualTo(504);
			assertThat(answer.body()).contains("Filter too slow", "its timeout");
		});
	}

	@Test
	void moreThanMayRunAreRefused() throws Exception {
		try (RawRequest first = new RawRequest(this.port, "/filter/one")) {
			first.write(new byte[] { 'a' });
			assertThat(first.status()).isEqualTo(200);
			HttpResponse<String> second = post("one", "x");
			assertThat(second.statusCode()).isEqualTo(503);
			assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
			assertThat(second.body()).contains("Too many requests at once");
		}
	}

	@Test
	void manyAtOnceNeedNoThreads() {
		List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 500)
			.mapToObj((number) -> this.http.sendAsync(request("upper", "number " + number), BodyHandlers.ofString()))
			.toList();
		for (int i = 0; i < answers.size(); i++) {
			HttpResponse<String> answer = answers.get(i).join();
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
			assertThat(answer.body()).isEqualTo("NUMBER " + i);
		}
		assertThat(Thread.getAllStackTraces().keySet()).map(Thread::getName)
			.filteredOn((name) -> !name.startsWith("HttpClient"))
			.hasSizeLessThan(100);
	}

	@Test
	void otherSitesAreRefused() throws Exception {
		HttpRequest request = HttpRequest.newBuilder(uri("upper"))
			.header("Sec-Fetch-Site", "cross-site")
			.POST(BodyPublishers.ofString("x"))
			.build();
		HttpResponse<String> answer = this.http.send(request, BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(answer.body()).contains("Other site");
		assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
	}

	@Test
	void otherHostsAreRefused() throws Exception {
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.getOutputStream()
				.write("GET / HTTP/1.1\r\nHost: attacker.example\r\nConnection: close\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
				.startsWith("HTTP/1.1 403")
				.contains("Other host");
		}
	}

	private HttpResponse<String> post(String filter, String body) throws Exception {
		return this.http.send(request(filter, body), BodyHandlers.ofString());
	}

	private HttpRequest request(String filter, String body) {
		return HttpRequest.newBuilder(uri(filter))
			.timeout(Duration.ofSeconds(60))
			.POST(BodyPublishers.ofString(body))
			.build();
	}

	private URI uri(String filter) {
		return URI.create("http://localhost:" + this.port + "/filter/" + filter);
	}

}
