package io.eventloop.message;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.eventloop.Signal;
import io.eventloop.Subprocess;
import io.eventloop.Teardown;
import org.jspecify.annotations.Nullable;

/**
 * Configures and opens a {@link MessageChannel}. Belongs to one thread.
 *
 * @since 0.1.0
 */
public final class MessageChannelBuilder {

	/**
	 * How large a message may be by default: 16 MiB.
	 */
	public static final int DEFAULT_MAX_MESSAGE = 16 * 1024 * 1024;

	/**
	 * How much may wait to be written by default: 64 MiB.
	 */
	public static final long DEFAULT_MAX_WAITING = 64L * 1024 * 1024;

	/**
	 * How the child is ended by default: the input is closed, after two seconds SIGTERM,
	 * after five more SIGKILL.
	 */
	public static final Teardown DEFAULT_TEARDOWN = Teardown.closeInput(Duration.ofSeconds(2))
		.then(Signal.SIGTERM, Duration.ofSeconds(5))
		.thenKill();

	private final Subprocess child;

	private final MessageFraming framing;

	private int maxMessage = DEFAULT_MAX_MESSAGE;

	private long maxWaiting = DEFAULT_MAX_WAITING;

	private Teardown teardown;

	private @Nullable Executor executor;

	private boolean readsErrors = true;

	MessageChannelBuilder(Subprocess child, MessageFraming framing) {
		this.child = child;
		this.framing = Objects.requireNonNull(framing, "'framing' must not be null");
		child.requireStdin();
		child.requireStdout();
		this.teardown = Objects.requireNonNullElse(child.transport().teardown(), DEFAULT_TEARDOWN);
	}

	/**
	 * Limit the size of a message, in both directions.
	 * @param bytes how many bytes a message may have without its framing, 16 MiB by
	 * default. If the child writes a larger one, the channel ends
	 * @return this builder
	 * @throws IllegalArgumentException if it is not positive, or more than 1 GiB
	 */
	public MessageChannelBuilder maxMessage(int bytes) {
		if (bytes <= 0 || bytes > 1 << 30) {
			throw new IllegalArgumentException(
					"maxMessage cannot be %d bytes; give a number from 1 to %d".formatted(bytes, 1 << 30));
		}
		this.maxMessage = bytes;
		return this;
	}

	/**
	 * Limit what waits to be written. A message that would exceed it is refused, unless
	 * none waits.
	 * @param bytes how many bytes, 64 MiB by default
	 * @return this builder
	 * @throws IllegalArgumentException if it is negative
	 */
	public MessageChannelBuilder maxWaiting(long bytes) {
		if (bytes < 0) {
			throw new IllegalArgumentException("maxWaiting cannot be %d bytes; give 0 or more".formatted(bytes));
		}
		this.maxWaiting = bytes;
		return this;
	}

	/**
	 * Set how the child is ended.
	 * @param ladder the steps; by default those of the child's spec, or else
	 * {@link #DEFAULT_TEARDOWN}
	 * @return this builder
	 */
	public MessageChannelBuilder teardown(Teardown ladder) {
		this.teardown = Objects.requireNonNull(ladder, "'ladder' must not be null");
		return this;
	}

	/**
	 * Have messages consumed in an executor rather than on the loop: one at a time and in
	 * order. No more than 256 messages, or 64 KiB and one message, wait for the consumer;
	 * beyond that the child's output is not read.
	 * @param executor where the consumer may block
	 * @return this builder
	 */
	public MessageChannelBuilder executor(Executor executor) {
		this.executor = Objects.requireNonNull(executor, "'executor' must not be null");
		return this;
	}

	/**
	 * Leave the child's standard error to other code, which must read it if it is a pipe.
	 * Failures then do not have its last lines.
	 * @return this builder
	 */
	public MessageChannelBuilder leaveErrors() {
		this.readsErrors = false;
		return this;
	}

	/**
	 * Open the channel. May be called once for a child.
	 * @param consumer called with each message, in order, on the loop's thread, which it
	 * must not block, or in the executor. If it throws, the channel ends
	 * @return the channel
	 */
	public MessageChannel open(Consumer<? super byte[]> consumer) {
		Objects.requireNonNull(consumer, "'consumer' must not be null");
		return LoopMessageChannel.open(this, consumer);
	}

	/**
	 * Open the channel for text in UTF-8, as {@link #open(Consumer)} does for bytes. What
	 * is no UTF-8 is replaced by U+FFFD.
	 * @param consumer called with each message
	 * @return the channel
	 */
	public MessageChannel openText(Consumer<? super String> consumer) {
		Objects.requireNonNull(consumer, "'consumer' must not be null");
		return open((message) -> consumer.accept(new String(message, StandardCharsets.UTF_8)));
	}

	Subprocess child() {
		return this.child;
	}

	MessageFraming framing() {
		return this.framing;
	}

	int maxMessage() {
		return this.maxMessage;
	}

	long maxWaiting() {
		return this.maxWaiting;
	}

	Teardown teardown() {
		return this.teardown;
	}

	@Nullable Executor executor() {
		return this.executor;
	}

	boolean readsErrors() {
		return this.readsErrors;
	}

}
