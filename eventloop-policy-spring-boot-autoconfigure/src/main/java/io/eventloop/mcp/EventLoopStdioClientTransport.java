package io.eventloop.mcp;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

import io.eventloop.EventLoop;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.supervision.SupervisedOutput;
import io.eventloop.supervision.SupervisedProcess;
import io.eventloop.supervision.SupervisionSettings;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The stdio transport of the Model Context Protocol, for clients of the MCP Java SDK,
 * whose server is a child of an event loop: no thread per server, and nothing of the
 * server is left after the close. May be used from any thread. <pre>{@code
 * McpSyncClient client = McpClient
 *     .sync(EventLoopStdioClientTransport.builder(loop, ServerParameters.builder("my-server").build()).build())
 *     .build();
 * }</pre>
 * <p>
 * <b>When the server ends</b>, all that it was asked fails at once with an
 * {@link io.modelcontextprotocol.spec.McpTransportException}; its cause is the
 * {@link io.eventloop.message.MessageChannelException} that has the exit status and the
 * last lines of the standard error. Later messages fail likewise, unless the transport is
 * one over a {@link SupervisedProcess}: then the next child is initialized as the client
 * has done with the first, and messages wait for that, for a limited time.
 * <p>
 * <b>Close</b>, gracefully or not, ends the server step by step, by default as the
 * protocol says: its input is closed, then SIGTERM, then SIGKILL, the last two for its
 * whole tree. It may be called at any time and more than once, and ends what is connected
 * later, too.
 *
 * @since 0.1.0
 */
public final class EventLoopStdioClientTransport implements McpClientTransport {

	private static final Logger logger = LoggerFactory.getLogger(EventLoopStdioClientTransport.class);

	/**
	 * How long a close may take where the loop does not run, or a teardown does not end.
	 */
	private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(60);

	private final ServerSource source;

	private final TransportSettings settings;

	private final SerialExecutor deliveries;

	private final StdioSession session;

	private @Nullable CompletableFuture<Void> closed;

	private boolean connected;

	EventLoopStdioClientTransport(ServerSource source, TransportSettings settings) {
		this.source = source;
		this.settings = settings;
		this.deliveries = new SerialExecutor(settings.executor());
		this.session = new StdioSession(source, settings, this.deliveries);
	}

	/**
	 * Begin a transport to a server that is launched when a client connects, and not
	 * started again. Its environment is that of the parameters alone: the SDK's safe
	 * variables and those that were given.
	 * @param loop the loop that it runs on
	 * @param server its command and environment
	 * @return what the transport is configured and built with
	 */
	public static EventLoopStdioClientTransportBuilder builder(EventLoop loop, ServerParameters server) {
		return builder(loop, spec(server));
	}

	/**
	 * Begin a transport to a server that is launched when a client connects, and not
	 * started again.
	 * @param loop the loop that it runs on
	 * @param server its command; it leads a process group unless it says otherwise. Its
	 * environment is inherited unless it says otherwise
	 * @return what the transport is configured and built with
	 */
	public static EventLoopStdioClientTransportBuilder builder(EventLoop loop, SubprocessSpec server) {
		Objects.requireNonNull(loop, "'loop' must not be null");
		return new EventLoopStdioClientTransportBuilder((teardown) -> new PlainServer(loop, server, teardown), server);
	}

	/**
	 * Begin a transport to a server that is kept running. Connecting starts it, and
	 * closing stops it.
	 * @param server the server. Its output must be {@link SupervisedOutput#CHANNEL}, see
	 * {@link #supervision(ServerParameters)}
	 * @return what the transport is configured and built with
	 */
	public static EventLoopStdioClientTransportBuilder builder(SupervisedProcess server) {
		Objects.requireNonNull(server, "'server' must not be null");
		return new EventLoopStdioClientTransportBuilder((teardown) -> new SupervisedServer(server), null);
	}

	/**
	 * Return the command of a server, whose environment is that of the parameters alone.
	 * @param server the parameters
	 * @return the spec
	 */
	public static SubprocessSpec spec(ServerParameters server) {
		return SubprocessSpec.exec(server.getCommand(), server.getArgs().toArray(String[]::new))
			.environment(server.getEnv());
	}

	/**
	 * Return settings for a server that is kept running: as
	 * {@link SupervisionSettings#of(SubprocessSpec)}, with the steps of the protocol's
	 * specification for its end, and its output for the transport.
	 * @param server the parameters
	 * @return the settings
	 */
	public static SupervisionSettings supervision(ServerParameters server) {
		return SupervisionSettings.of(spec(server))
			.teardown(EventLoopStdioClientTransportBuilder.DEFAULT_TEARDOWN)
			.output(SupervisedOutput.CHANNEL);
	}

	/**
	 * Return the name of the server.
	 * @return the name
	 */
	public String name() {
		return this.source.name();
	}

	/**
	 * Return the child that the transport talks to, or did last.
	 * @return the child; empty if none was started yet
	 */
	public Optional<Subprocess> child() {
		return Optional.ofNullable(this.session.connection()).map(Connection::child);
	}

	/**
	 * Return the supervised process, if the transport is one over that.
	 * @return the process, or empty
	 */
	public Optional<SupervisedProcess> supervisedProcess() {
		return this.source.supervised();
	}

	/**
	 * Start the server. If the client connects again, as it does when the server has not
	 * answered its initialization, the server is replaced by a new one.
	 * @param handler given each message; called one message after another, in the
	 * transport's executor
	 * @return completes when the server is started
	 */
	@Override
	public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
		return Mono.defer(() -> {
			if (!beginConnect()) {
				return Mono.error(this.session.problem("was closed", null));
			}
			CompletableFuture<Void> done = new CompletableFuture<>();
			onLoop(() -> this.session.connect((message) -> deliver(handler, message))
				.whenComplete((started, failure) -> this.deliveries.execute(() -> {
					if (failure != null) {
						done.completeExceptionally(failure);
					}
					else {
						done.complete(null);
					}
				})), done::completeExceptionally);
			return Mono.fromFuture(done, true);
		});
	}

	private synchronized boolean beginConnect() {
		this.connected = this.connected || this.closed == null;
		return this.closed == null;
	}

	private static void deliver(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler, JSONRPCMessage message) {
		try {
			handler.apply(Mono.just(message)).subscribe((handled) -> {
			}, (failure) -> logger.warn("A message could not be handled", failure));
		}
		catch (RuntimeException ex) {
			logger.warn("A message could not be handled", ex);
		}
	}

	/**
	 * Send a message. Messages are written whole and in order.
	 * @param message the message
	 * @return completes when the pipe has taken the message; for a request, when its
	 * answer has come. Fails with
	 * {@link io.modelcontextprotocol.spec.McpTransportException} as soon as that cannot
	 * be
	 */
	@Override
	public Mono<Void> sendMessage(JSONRPCMessage message) {
		return Mono.create((sink) -> {
			byte[] text = Handshake.text(this.settings.mapper(), message);
			Outgoing outgoing = new Outgoing(message, text, sink, this.deliveries);
			sink.onCancel(outgoing::giveUp);
			onLoop(() -> this.session.send(outgoing), outgoing::fail);
		});
	}

	private void onLoop(Runnable call, Consumer<Throwable> otherwise) {
		try {
			this.source.loop().callSoonThreadsafe(call);
		}
		catch (IllegalStateException ex) {
			otherwise.accept(loopClosed());
		}
	}

	private RuntimeException loopClosed() {
		return this.session.problem("has ended, as its loop was closed", null);
	}

	/**
	 * End the server, with its tree, and all that waits for it.
	 * @return completes when nothing of it is left; each call and subscription returns
	 * the same end
	 */
	@Override
	public Mono<Void> closeGracefully() {
		return Mono.defer(() -> Mono.fromFuture(end(), true)
			.timeout(CLOSE_PATIENCE)
			.onErrorMap(TimeoutException.class, (ex) -> this.session
				.problem("has not ended within %d s; does its loop run?".formatted(CLOSE_PATIENCE.toSeconds()), ex)));
	}

	private CompletableFuture<Void> end() {
		CompletableFuture<Void> end = new CompletableFuture<>();
		synchronized (this) {
			if (this.closed != null) {
				return this.closed;
			}
			this.closed = end;
			if (!this.connected) {
				end.complete(null);
				return end;
			}
		}
		onLoop(() -> this.session.close()
			.whenComplete((done, failure) -> this.deliveries.execute(() -> end.complete(null))),
				(failure) -> end.complete(null));
		return end;
	}

	@Override
	public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
		return this.settings.mapper().convertValue(data, type);
	}

	@Override
	public String toString() {
		return "EventLoopStdioClientTransport[%s]".formatted(name());
	}

}
