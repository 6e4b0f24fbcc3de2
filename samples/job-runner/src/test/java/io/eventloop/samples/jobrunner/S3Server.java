package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A store that speaks S3, in a process of its own, as its libraries are other versions of
 * ours.
 */
final class S3Server implements AutoCloseable {

	private static final Path CLASS_PATH = Path.of("..", "..", "integration-tests", "s3-store", "target", "classpath");

	private final Process process;

	private final URI endpoint;

	private S3Server(Process process, URI endpoint) {
		this.process = process;
		this.endpoint = endpoint;
	}

	/**
	 * Start it, with an empty bucket.
	 * @param folder for its files
	 * @param bucket the bucket's name
	 */
	static S3Server start(Path folder, String bucket) throws IOException {
		assertThat(CLASS_PATH).as("built by the module integration-tests/s3-store").exists();
		URI endpoint = URI.create("http://127.0.0.1:" + freePort());
		Path properties = Files.write(folder.resolve("s3proxy.properties"),
				List.of("s3proxy.authorization=none", "s3proxy.endpoint=" + endpoint,
						"jclouds.provider=filesystem-nio2", "jclouds.identity=any", "jclouds.credential=any",
						"jclouds.filesystem.basedir=" + Files.createDirectory(folder.resolve("data"))));
		Path logging = Files.writeString(folder.resolve("logback.xml"),
				"<configuration><root level='warn'/></configuration>");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx256m", "-XX:TieredStopAtLevel=1", "-Dlogback.configurationFile=" + logging, "-cp",
				Files.readString(CLASS_PATH).strip(), "org.gaul.s3proxy.Main", "--properties", properties.toString())
			.redirectErrorStream(true)
			.redirectOutput(folder.resolve("s3proxy.log").toFile())
			.start();
		S3Server server = new S3Server(process, endpoint);
		HttpRequest create = HttpRequest.newBuilder(endpoint.resolve("/" + bucket))
			.PUT(HttpRequest.BodyPublishers.noBody())
			.timeout(Duration.ofSeconds(10))
			.build();
		await().atMost(Duration.ofSeconds(90))
			.ignoreExceptions()
			.until(() -> HttpClient.newHttpClient().send(create, BodyHandlers.discarding()).statusCode() == 200);
		return server;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	URI endpoint() {
		return this.endpoint;
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

}
