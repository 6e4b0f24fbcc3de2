package io.eventloop.tests.springai;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

import io.eventloop.SubprocessSpec;
import io.modelcontextprotocol.client.transport.ServerParameters;

/**
 * The commands of the servers.
 */
final class Servers {

	private Servers() {
	}

	static SubprocessSpec echo() {
		return SubprocessSpec.exec(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), EchoServer.class.getName());
	}

	/**
	 * Return a server of a few lines, with the tools pid, environment, hang, greet, large
	 * and die.
	 */
	static ServerParameters.Builder shell() {
		return ServerParameters.builder("sh").args(script());
	}

	static String script() {
		try {
			return Path.of(Objects.requireNonNull(Servers.class.getResource("/server.sh")).toURI()).toString();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
