package io.eventloop.client;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.RunningLoop;
import io.eventloop.StreamReader;
import io.eventloop.StreamWriter;
import io.eventloop.Subprocess;
import org.jspecify.annotations.Nullable;

/**
 * A command whose streams are written and read by hand.
 */
final class StreamedRun implements RunningSubprocess {

	private final RunFuture<RunningSubprocess> starting;

	private final LoopFuture<SubprocessResult> result;

	private final CommandRun run;

	private @Nullable Subprocess child;

	private StreamedRun(ClientSettings client, CommandPlan plan, EventLoop loop) {
		this.starting = new RunFuture<>(loop);
		this.result = new LoopFuture<>(loop);
		this.run = new CommandRun(client, plan, loop, this::over, new RunWay(null, this::started));
	}

	static CompletableFuture<RunningSubprocess> begin(ClientSettings client, CommandPlan plan) {
		if (plan.input().isFed()) {
			throw new IllegalStateException(
					"%s has an input already, so stdin() cannot be written to; leave the input out to write to stdin()"
						.formatted(plan.name()));
		}
		if (plan.writer() != null) {
			throw new IllegalStateException(
					"%s is a pipeline, which has no streams of one child; run it, or read its lines() or bytes()"
						.formatted(plan.name()));
		}
		StreamedRun streamed = new StreamedRun(client, plan, client.loopForRun());
		streamed.starting.begin(streamed.run);
		return streamed.starting;
	}

	private void started(Subprocess subprocess) {
		this.child = subprocess;
		this.starting.deliver(this);
	}

	private void over(@Nullable SubprocessResult ended, @Nullable Throwable failure) {
		if (failure != null) {
			this.starting.refuse(failure);
			this.result.completeExceptionally(failure);
		}
		else {
			this.result.complete(ended);
		}
	}

	@Override
	public Subprocess subprocess() {
		return Objects.requireNonNull(this.child, "The child was not started");
	}

	@Override
	public long pid() {
		return subprocess().pid();
	}

	@Override
	public StreamWriter stdin() {
		return subprocess().requireStdin();
	}

	@Override
	public StreamReader stdout() {
		return subprocess().requireStdout();
	}

	@Override
	public StreamReader stderr() {
		return subprocess().requireStderr();
	}

	@Override
	public LoopFuture<Integer> onExit() {
		return subprocess().onExit();
	}

	@Override
	public CompletableFuture<SubprocessResult> result() {
		LoopFuture<SubprocessResult> copy = new LoopFuture<>(this.result.loop());
		this.result.whenComplete((ended, failure) -> {
			if (failure != null) {
				copy.completeExceptionally(failure);
			}
			else {
				copy.complete(ended);
			}
		});
		return copy;
	}

	@Override
	public void close() {
		this.run.cancel();
		if (RunningLoop.get() == null) {
			this.run.awaitEnd();
			subprocess().transport().close();
		}
		else {
			// Not at once, which would kill the child before its ladder has begun
			this.result.whenComplete((ended, failure) -> subprocess().transport().close());
		}
	}

	@Override
	public String toString() {
		return "RunningSubprocess[%s]".formatted(this.child);
	}

}
