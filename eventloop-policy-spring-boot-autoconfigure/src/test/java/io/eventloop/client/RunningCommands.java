package io.eventloop.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

import io.eventloop.ChildRestrictions;
import io.eventloop.Signal;
import io.eventloop.Teardown;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;

/**
 * The recipes of {@code docs/running-commands.md}, which has these lines.
 */
class RunningCommands {

	private static final Logger log = LoggerFactory.getLogger(RunningCommands.class);

	private final SubprocessClient client;

	private final Path repository;

	RunningCommands(SubprocessClient client, Path repository) {
		this.client = client;
		this.repository = repository;
	}

	String first() {
		String head = this.client.exec("git", "rev-parse", "HEAD")
			.directory(this.repository)
			.timeout(ofSeconds(5))
			.run()
			.line();
		return head;
	}

	SubprocessResult timeOut() {
		return this.client.exec("ffmpeg", "-i", "in.mov", "out.mp4")
			.timeout(Duration.ofMinutes(10))
			.teardown(Teardown.signal(Signal.SIGINT, ofSeconds(10)).thenKill())
			.run();
	}

	CompletableFuture<SubprocessResult> later() {
		CompletableFuture<SubprocessResult> probe = this.client.exec("ffprobe", "-of", "json", "in.mov").runAsync();
		probe.cancel(true);
		return probe;
	}

	SubprocessResult bigInput(InputStream upload) {
		return this.client.exec("gzip", "-c").input(upload).output(Path.of("upload.gz")).run();
	}

	void bigOutput(Path dump, Path log) {
		this.client.exec("pg_dump", "shop").output(dump).errors(log).run();
		String ends = this.client.exec("mvn", "verify").keepHeadAndTail(10_000, 50_000).run().text();
		this.client.exec("curl", "-s", "https://example.org").maxOutput(1_000_000).run();
		RunningCommands.log.debug(ends);
	}

	void linesToTheLog() {
		this.client.exec("rsync", "-av", "from/", "to/").onLine(log::debug).onErrorLine(log::warn).run();
	}

	List<SubprocessResult> fourAtATime(List<Path> images) {
		SubprocessCommand convert = this.client.exec("convert").limit(4);
		return images.stream()
			.map((image) -> convert.arguments(image.toString(), image + ".png").runAsync())
			.toList()
			.stream()
			.map(CompletableFuture::join)
			.toList();
	}

	SubprocessResult retried() throws RetryException {
		RetryTemplate retries = new RetryTemplate(
				RetryPolicy.builder().maxRetries(2).delay(ofSeconds(1)).includes(SubprocessException.class).build());
		return retries.execute(() -> this.client.exec("git", "fetch").timeout(ofSeconds(30)).run());
	}

	@Retryable(maxRetries = 2, delay = 1000, includes = SubprocessException.class)
	public void fetch() {
		this.client.exec("git", "fetch").timeout(ofSeconds(30)).run();
	}

	void environment() {
		this.client.exec("make").environment("CC", "clang").environment("MAKEFLAGS", null).run();
		this.client.exec("/usr/bin/make").cleanEnvironment().environment("PATH", "/usr/bin").run();
	}

	void restrictions() {
		this.client.exec("convert", "in.svg", "out.png")
			.restrictions(ChildRestrictions.NONE.withUser(65534, 65534).withCpu(ofSeconds(30)).withAs(1L << 30))
			.run();
	}

	SubprocessResult shellSafety(String fromTheUser) {
		return this.client.shell("grep -c -- \"$1\" *.log | sort").arguments(fromTheUser).run();
	}

	SubprocessResult pipeline() {
		return this.client.exec("zcat", "log.gz").pipeTo(this.client.exec("grep", "ERROR").successCodes(0, 1)).run();
	}

	void leavesSomethingRunning() {
		this.client.shell("server & echo started").drainTimeout(ofSeconds(1)).run();
		this.client.shell("worker & make").endTreeOnExit().run();
	}

	void talk() {
		try (RunningSubprocess bc = this.client.exec("bc").onErrorLine(log::warn).start().join()) {
			bc.stdin().write("6 * 7\n".getBytes(UTF_8));
			byte[] answer = bc.stdout().readLine().join();
			log.info(new String(answer, UTF_8));
		}
	}

	@GetMapping(path = "/log", produces = MediaType.TEXT_PLAIN_VALUE)
	Flow.Publisher<ByteBuffer> log() {
		return this.client.exec("journalctl", "-f").bytes();
	}

	@PostMapping("/gzip")
	Flux<ByteBuffer> gzip(ServerHttpRequest request) {
		Flux<ByteBuffer> body = request.getBody().map((buffer) -> {
			ByteBuffer copy = ByteBuffer.allocate(buffer.readableByteCount());
			buffer.toByteBuffer(copy);
			DataBufferUtils.release(buffer);
			return copy;
		});
		return JdkFlowAdapter
			.flowPublisherToFlux(this.client.exec("gzip").input(JdkFlowAdapter.publisherToFlowPublisher(body)).bytes());
	}

	@GetMapping("/archive")
	ResponseEntity<StreamingResponseBody> archive() {
		return ResponseEntity
			.ok((output) -> this.client.exec("tar", "cz", "data").onErrorLine(log::warn).output(output).run());
	}

	@PostMapping("/count")
	String count(HttpServletRequest request) throws IOException {
		return this.client.exec("wc", "-c").input(request.getInputStream()).timeout(ofSeconds(20)).run().line();
	}

}
