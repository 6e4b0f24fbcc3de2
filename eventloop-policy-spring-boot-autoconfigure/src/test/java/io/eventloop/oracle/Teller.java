package io.eventloop.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.eventloop.LoopFuture;
import io.eventloop.Protocol;
import io.eventloop.SocketTransport;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A protocol that notes every call; what happens on two sides at the same time has no
 * order, so each is shown by itself.
 */
class Teller implements Protocol {

	final NetworkContext net;

	final String name;

	final List<String> events = new ArrayList<>();

	final Map<String, LoopFuture<Void>> told = new HashMap<>();

	final LoopFuture<Void> gone;

	SocketTransport transport;

	Teller(NetworkContext net, String name) {
		this.net = net;
		this.name = name;
		this.gone = net.loop.createFuture();
	}

	void tell(@Nullable Object... words) {
		StringBuilder event = new StringBuilder();
		for (Object word : words) {
			event.append(event.isEmpty() ? "" : " ").append(text(word));
		}
		this.events.add(event.toString());
		after(event.toString()).complete(null);
	}

	private static String text(@Nullable Object word) {
		if (word instanceof byte[] bytes) {
			return new String(bytes, UTF_8);
		}
		return (word instanceof Throwable error) ? error.getClass().getSimpleName() : String.valueOf(word);
	}

	Teller tellingFactory() {
		tell("factory");
		return this;
	}

	LoopFuture<Void> after(String event) {
		return this.told.computeIfAbsent(event, (name) -> this.net.loop.createFuture());
	}

	void show() {
		this.events.forEach((event) -> this.net.scenario.say(this.name, event));
	}

	void write(String text) {
		this.transport.write(text.getBytes(UTF_8));
	}

	@Override
	public void connectionMade(SocketTransport made) {
		this.transport = made;
		tell("made");
	}

	@Override
	public void dataReceived(byte[] data) {
		tell("data", data);
	}

	@Override
	public boolean eofReceived() {
		tell("eof");
		return false;
	}

	@Override
	public void pauseWriting() {
		tell("pause");
	}

	@Override
	public void resumeWriting() {
		tell("resume");
	}

	@Override
	public void connectionLost(@Nullable Throwable exception) {
		tell("lost", NetworkContext.failure(exception));
		this.gone.complete(null);
	}

}
