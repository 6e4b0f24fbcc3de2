package io.eventloop.mcp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import io.eventloop.Subprocess;
import io.eventloop.message.MessageChannelException;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpTransportException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client and its server have to do with each other, over all children. Belongs to
 * the loop's thread, and to the thread that closes the loop after that. <pre>
 * NEW ──connect──▶ CONNECTING ──child──▶ CONNECTED ──it ends──▶ RESTARTING ──next child──▶ RESUMING
 *                       ▲                 │  ▲                     │                          │
 *                       │                 │  '─────────────────────┼─────── initialized ──────'
 *                       '──── connect ── ENDED ◀──no next child────'
 * any ──close──▶ CLOSED
 * </pre> Whether messages are sent, wait or fail depends on the state alone.
 */
final class StdioSession {

	private static final Logger logger = LoggerFactory.getLogger(EventLoopStdioClientTransport.class);

	private static final int MAX_PARKED = 1024;

	private final ServerSource source;

	private final TransportSettings settings;

	private final SerialExecutor deliveries;

	private final Deque<Outgoing> parked = new ArrayDeque<>();

	private final Handshake handshake;

	private State state = State.NEW;

	private Consumer<JSONRPCMessage> receiver = (message) -> {
	};

	private volatile @Nullable Connection connection;

	private RuntimeException ended;

	/**
	 * Counts the children that were asked for, so that one that comes late is known.
	 */
	private long attempt;

	StdioSession(ServerSource source, TransportSettings settings, SerialExecutor deliveries) {
		this.source = source;
		this.settings = settings;
		this.deliveries = deliveries;
		this.handshake = new Handshake(settings.mapper());
		this.ended = problem("is not connected; a client connects it", null);
	}

	@Nullable Connection connection() {
		return this.connection;
	}

	/**
	 * Connect to a child: the first one, or a new one in place of the last.
	 */
	CompletableFuture<Void> connect(Consumer<JSONRPCMessage> newReceiver) {
		CompletableFuture<Void> connected = new CompletableFuture<>();
		if (this.state == State.CLOSED) {
			connected.completeExceptionally(this.ended);
			return connected;
		}
		boolean first = this.state == State.NEW;
		failParked(problem("was connected again", null));
		Connection last = this.connection;
		this.receiver = newReceiver;
		this.handshake.forget();
		this.state = State.CONNECTING;
		long number = ++this.attempt;
		CompletableFuture<Subprocess> child = first ? this.source.first() : this.source.replace(last);
		if (last != null) {
			failPending(last, problem("was connected again", null));
		}
		child.whenComplete((started, failure) -> {
			arrived(number, started, failure);
			if (failure != null || number != this.attempt) {
				connected.completeExceptionally(this.ended);
			}
			else {
				connected.complete(null);
			}
		});
		return connected;
	}

	private void arrived(long number, @Nullable Subprocess child, @Nullable Throwable failure) {
		if (number != this.attempt || this.state == State.CLOSED) {
			return;
		}
		if (child == null) {
			Throwable cause = (failure instanceof CompletionException && failure.getCause() != null)
					? failure.getCause() : failure;
			end(problem("could not be started: " + ((cause != null) ? cause.getMessage() : "no reason is known"),
					cause));
			return;
		}
		boolean resumes = this.state == State.RESTARTING;
		Connection next;
		try {
			Consumer<JSONRPCMessage> ours = this.receiver;
			next = new Connection(child, this.source, this.settings, this.deliveries, ours);
		}
		catch (RuntimeException ex) {
			end(problem("cannot be talked to: " + ex.getMessage(), ex));
			return;
		}
		this.connection = next;
		next.channel().onEnd().thenAccept((reason) -> over(next, reason));
		if (resumes) {
			this.state = State.RESUMING;
			this.handshake.repeat(next, this.source.loop(), () -> resumed(next));
		}
		else {
			this.state = State.CONNECTED;
			sendParked(next);
		}
	}

	private void resumed(Connection resumed) {
		if (this.connection == resumed && this.state == State.RESUMING) {
			this.state = State.CONNECTED;
			logger.info("MCP server {} is initialized again (process {})", this.source.name(), resumed.child().pid());
			sendParked(resumed);
		}
	}

	private void sendParked(Connection to) {
		for (Outgoing message = this.parked.poll(); message != null; message = this.parked.poll()) {
			pass(message, to);
		}
	}

	private void pass(Outgoing message, Connection to) {
		this.handshake.note(message);
		to.send(message);
	}

	/**
	 * Send a message, now or when there is a child for it.
	 */
	void send(Outgoing message) {
		Connection current = this.connection;
		boolean answers = message.answeredId() != null;
		if (this.state == State.ENDED && this.handshake.isDone() && this.source.restarts()) {
			restart();
		}
		if (current != null && (this.state == State.CONNECTED || (answers && !current.isOver()))) {
			pass(message, current);
		}
		else if (answers) {
			message.succeed();
		}
		else if (this.state == State.CONNECTING || this.state == State.RESTARTING || this.state == State.RESUMING) {
			park(message);
		}
		else {
			message.fail(this.ended);
		}
	}

	private void park(Outgoing message) {
		if (this.parked.size() >= MAX_PARKED) {
			message.fail(problem("is not ready, and %d messages wait for it already".formatted(MAX_PARKED), null));
			return;
		}
		this.parked.add(message);
		if (this.state != State.CONNECTING) {
			message.failAfter(this.source.loop().callLater(this.settings.maxWait(), () -> {
				if (this.parked.remove(message)) {
					message.fail(problem("was not back within %d ms; its last child: %s"
						.formatted(this.settings.maxWait().toMillis(), this.ended.getMessage()), this.ended));
				}
			}));
		}
	}

	/**
	 * The child has ended, or broken the protocol.
	 */
	private void over(Connection lost, MessageChannelException end) {
		List<Outgoing> pending = lost.end();
		if (this.source.loop().isClosed() || this.state == State.CLOSED) {
			McpTransportException reason = because(end);
			pending.forEach((message) -> message.fail(reason));
			close(reason);
			return;
		}
		boolean ours = this.connection == lost && this.state != State.CONNECTING;
		boolean resumable = ours && this.handshake.isDone();
		if (ours) {
			this.state = State.RESTARTING;
			this.attempt++;
		}
		long number = this.attempt;
		this.source.explain(end).thenAccept((explained) -> {
			McpTransportException reason = because(explained);
			pending.forEach((message) -> message.fail(reason));
			if (number != this.attempt || this.state != State.RESTARTING) {
				return;
			}
			this.ended = reason;
			if (resumable && this.source.restarts()) {
				logger.warn("{}; what it was asked has failed", reason.getMessage());
				restart();
			}
			else {
				end(reason);
			}
		});
	}

	private void restart() {
		this.state = State.RESTARTING;
		long number = ++this.attempt;
		this.source.next().whenComplete((child, failure) -> arrived(number, child, failure));
	}

	private void end(RuntimeException reason) {
		this.state = State.ENDED;
		this.ended = reason;
		failParked(reason);
	}

	private void failParked(RuntimeException reason) {
		List<Outgoing> messages = new ArrayList<>(this.parked);
		this.parked.clear();
		messages.forEach((message) -> {
			message.stopTimer();
			message.fail(reason);
		});
	}

	private static void failPending(Connection last, RuntimeException reason) {
		last.end().forEach((message) -> message.fail(reason));
	}

	/**
	 * End it all.
	 */
	CompletableFuture<?> close() {
		close(problem("was closed", null));
		return this.source.end(this.connection);
	}

	/**
	 * Fail all that waits, from now on, too.
	 */
	void close(RuntimeException reason) {
		if (this.state != State.CLOSED) {
			this.state = State.CLOSED;
			this.ended = reason;
			this.attempt++;
			failParked(reason);
			Connection last = this.connection;
			if (last != null) {
				failPending(last, reason);
			}
		}
	}

	private McpTransportException because(MessageChannelException end) {
		return problem("has ended: " + end.getMessage(), end);
	}

	McpTransportException problem(String what, @Nullable Throwable cause) {
		return new McpTransportException("MCP server '%s' %s".formatted(this.source.name(), what), cause);
	}

	/**
	 * What messages do: wait in {@link #CONNECTING}, wait for a limited time in
	 * {@link #RESTARTING} and {@link #RESUMING}, be sent in {@link #CONNECTED}, fail
	 * otherwise.
	 */
	private enum State {

		NEW, CONNECTING, CONNECTED, RESTARTING, RESUMING, ENDED, CLOSED

	}

}
