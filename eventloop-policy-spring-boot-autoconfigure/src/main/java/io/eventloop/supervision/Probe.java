package io.eventloop.supervision;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import io.eventloop.SubprocessSpec;

/**
 * A question to a process from outside, which is answered or not. What blocks is done in
 * the loop's executor.
 *
 * @since 0.1.0
 */
public sealed interface Probe {

	/**
	 * Ask whether a TCP port accepts a connection.
	 * @param host the host's name or address
	 * @param port the port
	 * @return the probe
	 * @throws IllegalArgumentException if the port is not 1 to 65535
	 */
	static Probe tcp(String host, int port) {
		return new Tcp(host, port);
	}

	/**
	 * Ask whether a Unix domain socket accepts a connection.
	 * @param socket the socket's path
	 * @return the probe
	 */
	static Probe unix(Path socket) {
		return new Unix(socket);
	}

	/**
	 * Ask whether a GET is answered with a status of 200 to 399. Redirects are not
	 * followed.
	 * @param uri an {@code http} or {@code https} URI
	 * @return the probe
	 * @throws IllegalArgumentException if it is another one
	 */
	static Probe http(URI uri) {
		return new Http(uri);
	}

	/**
	 * Ask whether a program exits with code 0.
	 * @param command the program and its arguments
	 * @return the probe
	 * @throws IllegalArgumentException as {@link SubprocessSpec#exec(List)}
	 */
	static Probe exec(List<String> command) {
		return new Exec(command);
	}

	/**
	 * A TCP port.
	 *
	 * @param host the host's name or address
	 * @param port the port
	 */
	record Tcp(String host, int port) implements Probe {

		public Tcp {
			if (port < 1 || port > 65535) {
				throw new IllegalArgumentException("Port %d cannot be connected to; give 1 to 65535".formatted(port));
			}
		}

		@Override
		public String toString() {
			return "tcp %s:%d".formatted(this.host, this.port);
		}

	}

	/**
	 * A Unix domain socket.
	 *
	 * @param socket its path
	 */
	record Unix(Path socket) implements Probe {

		@Override
		public String toString() {
			return "unix " + this.socket;
		}

	}

	/**
	 * A URI.
	 *
	 * @param uri the URI
	 */
	record Http(URI uri) implements Probe {

		public Http {
			boolean supported = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
			if (!supported || uri.getHost() == null) {
				throw new IllegalArgumentException(
						"'%s' is no URI of HTTP; give one such as http://127.0.0.1:8080/health".formatted(uri));
			}
		}

		/**
		 * Return the host and the port alone: the rest may be a secret.
		 */
		@Override
		public String toString() {
			return "http " + this.uri.getHost() + ((this.uri.getPort() < 0) ? "" : ":" + this.uri.getPort());
		}

	}

	/**
	 * A program.
	 *
	 * @param command the program and its arguments
	 */
	record Exec(List<String> command) implements Probe {

		public Exec {
			command = SubprocessSpec.exec(command).command();
		}

		/**
		 * Return the program alone: what follows it may be a secret.
		 */
		@Override
		public String toString() {
			return "exec " + this.command.get(0);
		}

	}

}
