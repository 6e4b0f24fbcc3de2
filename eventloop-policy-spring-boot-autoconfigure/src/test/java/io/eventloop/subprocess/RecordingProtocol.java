package io.eventloop.subprocess;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessTransport;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Writes down what a subprocess tells, with data joined to one event per descriptor.
 */
class RecordingProtocol implements SubprocessProtocol {

	final List<String> events = new CopyOnWriteArrayList<>();

	final CompletableFuture<Void> lost = new CompletableFuture<>();

	@Override
	public void connectionMade(SubprocessTransport transport) {
		this.events.add("made");
	}

	@Override
	public void pipeDataReceived(int fd, byte[] data) {
		this.events.add("data %d %s".formatted(fd, new String(data, UTF_8)));
	}

	@Override
	public void pipeConnectionLost(int fd, @Nullable Throwable exception) {
		this.events.add(
				"pipe %d lost".formatted(fd) + ((exception != null) ? " " + exception.getClass().getSimpleName() : ""));
	}

	@Override
	public void processExited() {
		this.events.add("exited");
	}

	@Override
	public void connectionLost(@Nullable Throwable exception) {
		this.events.add("lost" + ((exception != null) ? " " + exception.getClass().getSimpleName() : ""));
		this.lost.complete(null);
	}

}
