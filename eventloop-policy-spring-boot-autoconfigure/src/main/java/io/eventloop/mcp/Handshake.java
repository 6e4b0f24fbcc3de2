package io.eventloop.mcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

import io.eventloop.EventLoop;
import io.eventloop.TimerHandle;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a client has initialized its server, which is repeated with each further child. A
 * child that does not take part is ended. Belongs to the loop's thread.
 */
final class Handshake {

	private static final Logger logger = LoggerFactory.getLogger(EventLoopStdioClientTransport.class);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final McpJsonMapper mapper;

	private @Nullable JSONRPCRequest initialize;

	private boolean done;

	private long repetitions;

	Handshake(McpJsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Forget it, as a client begins anew.
	 */
	void forget() {
		this.initialize = null;
		this.done = false;
	}

	/**
	 * Note a message that is sent.
	 */
	void note(Outgoing message) {
		JSONRPCRequest request = message.request(McpSchema.METHOD_INITIALIZE);
		if (request != null) {
			this.initialize = request;
		}
		else if (message.isNotification(McpSchema.METHOD_NOTIFICATION_INITIALIZED)) {
			this.done = this.initialize != null;
		}
	}

	/**
	 * Return whether the client has said that it is initialized.
	 */
	boolean isDone() {
		return this.done;
	}

	/**
	 * Initialize a further child.
	 * @param then called on the loop once it is initialized
	 */
	void repeat(Connection next, EventLoop loop, Runnable then) {
		JSONRPCRequest first = Objects.requireNonNull(this.initialize, "'initialize' must not be null");
		String id = "%s-again-%d".formatted(first.id(), ++this.repetitions);
		TimerHandle timer = loop.callLater(PATIENCE, () -> refuse(next, "has not answered within " + PATIENCE));
		next.channel().onEnd().thenRun(timer::cancel);
		next.ask(id, text(new JSONRPCRequest(first.method(), id, first.params())), (answer) -> {
			loop.callSoonThreadsafe(() -> {
				timer.cancel();
				if (answer.error() != null) {
					refuse(next, "has refused: code " + answer.error().code());
				}
				else {
					next.channel().send(text(new JSONRPCNotification(McpSchema.METHOD_NOTIFICATION_INITIALIZED, null)));
					then.run();
				}
			});
		});
	}

	private static void refuse(Connection child, String what) {
		logger.warn("Process {}, asked to initialize, {}; it is ended", child.child().pid(), what);
		child.channel().close();
	}

	private byte[] text(Object message) {
		return text(this.mapper, message);
	}

	/**
	 * Write a message on one line. A line break of JSON stands between its tokens.
	 */
	static byte[] text(McpJsonMapper mapper, Object message) {
		try {
			return mapper.writeValueAsString(message)
				.replace('\n', ' ')
				.replace('\r', ' ')
				.getBytes(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(
					"A message of type %s cannot be written as JSON".formatted(message.getClass().getSimpleName()), ex);
		}
	}

}
