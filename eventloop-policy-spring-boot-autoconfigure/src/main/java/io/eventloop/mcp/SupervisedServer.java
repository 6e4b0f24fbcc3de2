package io.eventloop.mcp;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.eventloop.EventLoop;
import io.eventloop.Subprocess;
import io.eventloop.message.MessageChannelBuilder;
import io.eventloop.message.MessageChannelException;
import io.eventloop.message.MessageChannelException.Reason;
import io.eventloop.supervision.Generation;
import io.eventloop.supervision.SupervisedProcess;
import io.eventloop.supervision.SupervisionException;
import io.eventloop.supervision.SupervisionListener;
import io.eventloop.supervision.SupervisionState;
import io.eventloop.supervision.SupervisionStatus;
import org.jspecify.annotations.Nullable;

/**
 * A server that is kept running: each of its generations is a child to talk to.
 */
final class SupervisedServer implements ServerSource {

	/**
	 * How long the last lines of a child that has ended are waited for.
	 */
	private static final Duration LINES_PATIENCE = Duration.ofMillis(50);

	private final SupervisedProcess process;

	SupervisedServer(SupervisedProcess process) {
		this.process = process;
	}

	@Override
	public String name() {
		return this.process.name();
	}

	@Override
	public EventLoop loop() {
		return this.process.loop();
	}

	/**
	 * Start it, and do not wait for further attempts if the first one fails.
	 */
	@Override
	public CompletableFuture<Subprocess> first() {
		CompletableFuture<Subprocess> child = childOf(this.process.start());
		SupervisionListener impatient = (changed, before, now) -> {
			if (now == SupervisionState.BACKING_OFF) {
				child.completeExceptionally(new SupervisionException(name(), sentence(changed.status()), null));
			}
		};
		this.process.addListener(impatient);
		child.whenComplete((started, failure) -> this.process.removeListener(impatient));
		return child;
	}

	@Override
	public CompletableFuture<Subprocess> next() {
		return childOf(this.process.whenReady());
	}

	@Override
	public CompletableFuture<Subprocess> replace(@Nullable Connection last) {
		boolean used = last != null && !last.isOver()
				&& this.process.current().filter((generation) -> generation.subprocess() == last.child()).isPresent();
		return used ? childOf(this.process.restart()) : next();
	}

	private static CompletableFuture<Subprocess> childOf(CompletableFuture<Generation> generation) {
		CompletableFuture<Subprocess> child = new CompletableFuture<>();
		generation.whenComplete((ready, failure) -> {
			if (failure != null) {
				child.completeExceptionally(failure);
			}
			else {
				child.complete(ready.subprocess());
			}
		});
		return child;
	}

	@Override
	public boolean restarts() {
		SupervisionState state = this.process.state();
		return state != SupervisionState.FAILED && state != SupervisionState.STOPPED;
	}

	/**
	 * Wait for a moment until supervision has the lines of the standard error, which it
	 * reads.
	 */
	@Override
	public CompletableFuture<MessageChannelException> explain(MessageChannelException end) {
		CompletableFuture<MessageChannelException> explained = new CompletableFuture<>();
		SupervisionListener told = (changed, before, now) -> explained.complete(explain(end, changed.status()));
		this.process.addListener(told);
		explained.whenComplete((reason, failure) -> this.process.removeListener(told));
		if (end.reason() != Reason.EXITED || this.process.state() != SupervisionState.READY || loop().isClosed()) {
			explained.complete(explain(end, this.process.status()));
		}
		else {
			loop().callLater(LINES_PATIENCE, () -> explained.complete(explain(end, this.process.status())));
		}
		return explained;
	}

	private static MessageChannelException explain(MessageChannelException end, SupervisionStatus status) {
		String problem = status.problem();
		if (end.reason() != Reason.EXITED || problem == null || status.state() == SupervisionState.READY) {
			return end;
		}
		return ServerSource.with(end, Objects.requireNonNullElse(end.getMessage(), problem), status.lastLines());
	}

	private static String sentence(SupervisionStatus status) {
		List<String> lines = status.lastLines();
		String problem = Objects.requireNonNullElse(status.problem(), "It has ended");
		return lines.isEmpty() ? problem : problem + ": " + String.join("\n", lines);
	}

	@Override
	public MessageChannelBuilder configure(MessageChannelBuilder builder) {
		return builder.leaveErrors();
	}

	@Override
	public CompletableFuture<?> end(@Nullable Connection last) {
		return this.process.stop();
	}

	@Override
	public Optional<SupervisedProcess> supervised() {
		return Optional.of(this.process);
	}

}
