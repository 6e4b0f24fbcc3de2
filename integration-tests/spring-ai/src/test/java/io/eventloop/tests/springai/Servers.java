package io.eventloop.tests.springai;

import java.nio.file.Path;

import io.eventloop.SubprocessSpec;

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

}
