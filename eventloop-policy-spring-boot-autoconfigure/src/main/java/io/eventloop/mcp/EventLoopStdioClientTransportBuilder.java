package io.eventloop.mcp;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;

import io.eventloop.Signal;
import io.eventloop.SubprocessSpec;
import io.eventloop.Teardown;
import io.eventloop.message.MessageChannelBuilder;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * Configures and builds an {@link EventLoopStdioClientTransport}. Belongs to one thread.
 *
 * @since 0.1.0
 */
public final class EventLoopStdioClientTransportBuilder {

	/**
	 * How a server is ended by default, as the protocol's specification says: its input
	 * is closed, after two seconds SIGTERM, after three more SIGKILL. Clients of the SDK
	 * wait ten seconds for a close.
	 */
	public static final Teardown DEFAULT_TEARDOWN = Teardown.closeInput(Duration.ofSeconds(2))
		.then(Signal.SIGTERM, Duration.ofSeconds(3))
		.thenKill();

	private final Function<Teardown, ServerSource> source;

	private Teardown teardown;

	private @Nullable McpJsonMapper mapper;

	private int maxMessage = MessageChannelBuilder.DEFAULT_MAX_MESSAGE;

	private Duration maxWait = Duration.ofSeconds(5);

	private Executor executor = (task) -> Schedulers.boundedElastic().schedule(task);

	EventLoopStdioClientTransportBuilder(Function<Teardown, ServerSource> source, @Nullable SubprocessSpec spec) {
		this.source = source;
		Teardown own = (spec != null) ? spec.teardown() : null;
		this.teardown = (own != null) ? own : DEFAULT_TEARDOWN;
	}

	/**
	 * Set what reads and writes the messages.
	 * @param jsonMapper the mapper; by default the one that the SDK finds
	 * @return this builder
	 */
	public EventLoopStdioClientTransportBuilder jsonMapper(McpJsonMapper jsonMapper) {
		this.mapper = Objects.requireNonNull(jsonMapper, "'jsonMapper' must not be null");
		return this;
	}

	/**
	 * Limit the size of a message, in both directions. A server that writes a larger one
	 * is ended.
	 * @param bytes how many bytes, 16 MiB by default
	 * @return this builder
	 * @throws IllegalArgumentException if it is not positive, or more than 1 GiB
	 */
	public EventLoopStdioClientTransportBuilder maxMessage(int bytes) {
		if (bytes <= 0 || bytes > 1 << 30) {
			throw new IllegalArgumentException(
					"maxMessage cannot be %d bytes; give a number from 1 to %d".formatted(bytes, 1 << 30));
		}
		this.maxMessage = bytes;
		return this;
	}

	/**
	 * Set how a server is ended that the transport has launched. A supervised process has
	 * its own teardown.
	 * @param ladder the steps; by default those of its spec, or else
	 * {@link #DEFAULT_TEARDOWN}
	 * @return this builder
	 * @throws IllegalArgumentException if the ladder does not end with a kill
	 */
	public EventLoopStdioClientTransportBuilder teardown(Teardown ladder) {
		if (!ladder.kills()) {
			throw new IllegalArgumentException(
					"The teardown '%s' does not end with SIGKILL, so a server may survive it; add thenKill()"
						.formatted(ladder));
		}
		this.teardown = ladder;
		return this;
	}

	/**
	 * Limit how long messages wait for a supervised server that is being started again.
	 * Keep it shorter than the client's request timeout: a call whose caller has given up
	 * is still made.
	 * @param wait how long, 5 s by default; zero to fail at once
	 * @return this builder
	 * @throws IllegalArgumentException if it is negative
	 */
	public EventLoopStdioClientTransportBuilder maxWait(Duration wait) {
		if (wait.isNegative()) {
			throw new IllegalArgumentException("maxWait cannot be %s; give zero or more".formatted(wait));
		}
		this.maxWait = wait;
		return this;
	}

	/**
	 * Set where messages are parsed and handled, and what waits is told. It must not run
	 * tasks in the calling thread, which may be the loop's.
	 * @param sharedExecutor shared by many transports; each uses one thread of it at a
	 * time, while it has something to do. By default Reactor's bounded elastic scheduler,
	 * whose threads may block
	 * @return this builder
	 */
	public EventLoopStdioClientTransportBuilder executor(Executor sharedExecutor) {
		this.executor = Objects.requireNonNull(sharedExecutor, "'sharedExecutor' must not be null");
		return this;
	}

	/**
	 * Build the transport, for one client.
	 * @return the transport
	 */
	public EventLoopStdioClientTransport build() {
		McpJsonMapper used = (this.mapper != null) ? this.mapper : McpJsonDefaults.getMapper();
		return new EventLoopStdioClientTransport(this.source.apply(this.teardown),
				new TransportSettings(used, this.maxMessage, this.maxWait, this.executor));
	}

}
