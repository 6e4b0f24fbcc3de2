package io.eventloop.tests.springai;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.StreamReader;
import io.eventloop.StreamWriter;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import reactor.core.publisher.Mono;

/**
 * Carries messages to a server that is a child of an event loop, and its messages back: a
 * line each.
 */
final class LoopTransport implements McpClientTransport {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final EventLoop loop;

	private final SubprocessSpec server;

	private final McpJsonMapper json;

	private volatile LoopFuture<Subprocess> child;

	LoopTransport(EventLoop loop, SubprocessSpec server, McpJsonMapper json) {
		this.loop = loop;
		this.server = server.stdin(ProcessBuilder.Redirect.PIPE).stdout(ProcessBuilder.Redirect.PIPE);
		this.json = json;
	}

	/**
	 * Return the server, which was started.
	 */
	Subprocess server() {
		return this.child.join();
	}

	@Override
	public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
		return Mono.fromFuture(() -> {
			this.child = this.loop.subprocess(this.server);
			return this.child.thenAccept((started) -> read(started.requireStdout(), handler));
		});
	}

	private void read(StreamReader output, Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
		output.readLine().thenAccept((line) -> {
			if (!StreamReader.isEnd(line)) {
				handler.apply(Mono.just(message(line))).subscribe();
				read(output, handler);
			}
		});
	}

	private JSONRPCMessage message(byte[] line) {
		try {
			return McpSchema.deserializeJsonRpcMessage(this.json, new String(line, StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Send a message. The first one comes before the server is connected.
	 */
	@Override
	public Mono<Void> sendMessage(JSONRPCMessage message) {
		return Mono.fromFuture(() -> this.child.thenCompose((started) -> {
			StreamWriter input = started.requireStdin();
			input.write((text(message) + '\n').getBytes(StandardCharsets.UTF_8));
			return input.drain();
		}));
	}

	private String text(JSONRPCMessage message) {
		try {
			return this.json.writeValueAsString(message);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public Mono<Void> closeGracefully() {
		return Mono.fromFuture(() -> this.child.thenCompose((started) -> {
			started.requireStdin().writeEof();
			return started.onExit();
		})).timeout(PATIENCE).onErrorResume(TimeoutException.class, (ex) -> {
			server().kill();
			return Mono.fromFuture(() -> server().onExit());
		}).then();
	}

	@Override
	public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
		return this.json.convertValue(data, type);
	}

}
