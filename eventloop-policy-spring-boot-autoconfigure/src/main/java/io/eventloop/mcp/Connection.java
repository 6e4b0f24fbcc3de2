package io.eventloop.mcp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.eventloop.Subprocess;
import io.eventloop.message.MessageChannel;
import io.eventloop.message.MessageFraming;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages to and from one child, and what is asked on both sides. What one child is
 * asked, no other one answers. Messages are sent on the loop and received in the
 * deliveries' executor; what both touch is guarded by the connection.
 */
final class Connection {

	private static final Logger logger = LoggerFactory.getLogger(EventLoopStdioClientTransport.class);

	private static final int MAX_REQUESTS = 16_384;

	private final Subprocess child;

	private final String name;

	private final McpJsonMapper mapper;

	private final Consumer<JSONRPCMessage> receiver;

	private final MessageChannel channel;

	private final Map<Object, Outgoing> requests = new LinkedHashMap<>();

	private final Map<Object, Consumer<JSONRPCResponse>> ownRequests = new HashMap<>();

	private final Set<Object> asked = new HashSet<>();

	private long malformed;

	private volatile boolean over;

	/**
	 * Open a connection.
	 * @param receiver given the messages of the child, but for answers to own requests;
	 * called in the deliveries' executor
	 */
	Connection(Subprocess child, ServerSource source, TransportSettings settings, SerialExecutor deliveries,
			Consumer<JSONRPCMessage> receiver) {
		this.child = child;
		this.name = source.name();
		this.mapper = settings.mapper();
		this.receiver = receiver;
		this.channel = source.configure(MessageChannel.over(child, MessageFraming.LINES))
			.maxMessage(settings.maxMessage())
			.executor(deliveries)
			.openText(this::receive);
	}

	Subprocess child() {
		return this.child;
	}

	MessageChannel channel() {
		return this.channel;
	}

	boolean isOver() {
		return this.over;
	}

	/**
	 * Send a message. A request has succeeded when its answer has come, other messages
	 * when the pipe has taken them. An answer to a request that this child has not asked
	 * is dropped.
	 */
	void send(Outgoing message) {
		message.stopTimer();
		if (message.isGivenUp()) {
			return;
		}
		Object answered = message.answeredId();
		if (answered != null && !forget(answered)) {
			logger.debug("An answer to a request that the current child of {} has not made is dropped", this.name);
			message.succeed();
			return;
		}
		Object request = message.requestId();
		if (request != null) {
			register(request, message);
		}
		try {
			this.channel.send(message.text()).whenComplete((sent, failure) -> sent(message, request, failure));
		}
		catch (IllegalArgumentException ex) {
			sent(message, request, ex);
		}
	}

	/**
	 * Send a request of the transport's own.
	 */
	void ask(Object id, byte[] text, Consumer<JSONRPCResponse> answer) {
		synchronized (this) {
			this.ownRequests.put(id, answer);
		}
		this.channel.send(text);
	}

	private void sent(Outgoing message, @Nullable Object request, @Nullable Throwable failure) {
		if (request == null) {
			if (failure != null) {
				message.fail(failure);
			}
			else {
				message.succeed();
			}
		}
		else if (failure instanceof IllegalArgumentException || failure instanceof RejectedExecutionException) {
			if (take(request) != null) {
				message.fail(failure);
			}
		}
	}

	/**
	 * Watch a request, and no more the oldest one that never was answered if there are
	 * too many.
	 */
	private synchronized void register(Object id, Outgoing message) {
		this.requests.put(id, message);
		if (this.requests.size() > MAX_REQUESTS) {
			Iterator<Outgoing> oldest = this.requests.values().iterator();
			oldest.next().succeed();
			oldest.remove();
		}
	}

	private synchronized boolean forget(Object id) {
		return this.asked.remove(id);
	}

	private synchronized @Nullable Outgoing take(Object id) {
		return this.requests.remove(id);
	}

	private void receive(String line) {
		JSONRPCMessage message;
		try {
			message = McpSchema.deserializeJsonRpcMessage(this.mapper, line);
		}
		catch (IOException | RuntimeException ex) {
			malformed(line.length());
			return;
		}
		if (message instanceof JSONRPCRequest request && request.id() != null) {
			synchronized (this) {
				this.asked.add(request.id());
			}
		}
		if (!(message instanceof JSONRPCResponse response) || response.id() == null) {
			this.receiver.accept(message);
			return;
		}
		Consumer<JSONRPCResponse> own;
		synchronized (this) {
			own = this.ownRequests.remove(response.id());
		}
		if (own != null) {
			own.accept(response);
			return;
		}
		Outgoing answered = take(response.id());
		this.receiver.accept(message);
		if (answered != null) {
			answered.succeed();
		}
	}

	/**
	 * Skip what is no message, as the other SDKs do: servers that print a greeting work.
	 */
	private void malformed(int length) {
		if (this.malformed++ == 0) {
			logger.warn("MCP server {} has written a line of {} characters that is no JSON-RPC message;"
					+ " it is skipped, and further ones without a warning", this.name, length);
		}
	}

	/**
	 * Take what is pending, as there will be no answer.
	 */
	synchronized List<Outgoing> end() {
		this.over = true;
		List<Outgoing> pending = new ArrayList<>(this.requests.values());
		this.requests.clear();
		this.ownRequests.clear();
		return pending;
	}

}
