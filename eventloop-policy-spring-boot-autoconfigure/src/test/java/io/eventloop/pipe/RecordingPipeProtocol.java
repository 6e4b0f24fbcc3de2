package io.eventloop.pipe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.eventloop.ReadPipeProtocol;
import io.eventloop.ReadTransport;
import io.eventloop.WritePipeProtocol;
import io.eventloop.WriteTransport;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a pipe transport tells.
 */
final class RecordingPipeProtocol implements ReadPipeProtocol, WritePipeProtocol {

	final List<String> events = new ArrayList<>();

	final List<byte[]> data = new ArrayList<>();

	@Nullable Throwable lostBecause;

	@Nullable RuntimeException thrown;

	Runnable onData = () -> {
	};

	@Override
	public void connectionMade(ReadTransport transport) {
		record("made");
	}

	@Override
	public void connectionMade(WriteTransport transport) {
		record("made");
	}

	@Override
	public void dataReceived(byte[] received) {
		this.data.add(received);
		record("data " + received.length);
		this.onData.run();
	}

	@Override
	public void eofReceived() {
		record("eof");
	}

	@Override
	public void pauseWriting() {
		record("pause");
	}

	@Override
	public void resumeWriting() {
		record("resume");
	}

	@Override
	public void connectionLost(@Nullable Throwable exception) {
		this.lostBecause = exception;
		record((exception != null) ? "lost " + exception.getClass().getSimpleName() : "lost");
	}

	String text() {
		StringBuilder text = new StringBuilder();
		this.data.forEach((bytes) -> text.append(new String(bytes, StandardCharsets.UTF_8)));
		return text.toString();
	}

	private void record(String event) {
		this.events.add(event);
		if (this.thrown != null) {
			throw this.thrown;
		}
	}

}
