package io.eventloop.samples.streamfilter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The jar that people start, in little memory. With {@code -Dfilter.megabytes=1024}
 * through both filters.
 */
@Timeout(900)
class RunnableJarIT {

	private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");

	private static final int MEGABYTES = Integer.getInteger("filter.megabytes", 64);

	@TempDir
	Path directory;

	private Process application;

	private int port;

	@BeforeEach
	void start() throws IOException {
		Path log = this.directory.resolve("log");
		this.application = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx96m", "-XX:+ExitOnOutOfMemoryError", "-jar", jar().toString(), "--server.port=0")
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		Matcher started = await().atMost(Duration.ofSeconds(60))
			.until(() -> PORT.matcher(Files.readString(log)), Matcher::find);
		this.port = Integer.parseInt(started.group(1));
	}

	@AfterEach
	void end() {
		this.application.destroyForcibly();
	}

	@Test
	void muchDataFlowsThroughLittleMemory() throws Exception {
		byte[] megabyte = new byte[1_000_000];
		// Half of it can be packed
		new Random(2).nextBytes(megabyte);
		Arrays.fill(megabyte, 0, 500_000, (byte) 'x');
		MessageDigest sent = MessageDigest.getInstance("SHA-256");
		MessageDigest received = MessageDigest.getInstance("SHA-256");
		try (RawRequest pack = new RawRequest(this.port, "/filter/gzip");
				RawRequest unpack = new RawRequest(this.port, "/filter/gunzip")) {
			CompletableFuture<Void> first = async(() -> {
				for (int i = 0; i < MEGABYTES; i++) {
					pack.write(megabyte);
					sent.update(megabyte);
				}
				pack.end();
			});
			CompletableFuture<Void> second = async(() -> {
				assertThat(pack.status()).isEqualTo(200);
				for (byte[] chunk = pack.chunk(); chunk.length > 0; chunk = pack.chunk()) {
					unpack.write(chunk);
				}
				unpack.end();
			});
			assertThat(unpack.status()).isEqualTo(200);
			for (byte[] chunk = unpack.chunk(); chunk.length > 0; chunk = unpack.chunk()) {
				received.update(chunk);
			}
			first.join();
			second.join();
		}
		assertThat(received.digest()).isEqualTo(sent.digest());
	}

	@Test
	void sigtermEndsWhatRuns() throws Exception {
		try (RawRequest request = new RawRequest(this.port, "/filter/base64")) {
			request.write(new byte[100_000]);
			assertThat(request.status()).isEqualTo(200);
			List<ProcessHandle> children = this.application.descendants().toList();
			assertThat(children).isNotEmpty();
			this.application.destroy();
			assertThat(this.application.waitFor(60, TimeUnit.SECONDS)).isTrue();
			await().untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
		}
	}

	/**
	 * Run it in a thread of its own: the common pool may have a single one.
	 */
	private static CompletableFuture<Void> async(Transfer transfer) {
		return CompletableFuture.runAsync(() -> {
			try {
				transfer.run();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}, (task) -> new Thread(task).start());
	}

	private static Path jar() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("target"))) {
			return files.filter((file) -> file.getFileName().toString().matches("stream-filter-.*\\.jar"))
				.findFirst()
				.orElseThrow(() -> new AssertionError("There is no runnable jar; build it with 'mvnw package'"));
		}
	}

	interface Transfer {

		void run() throws IOException;

	}

}
