package io.eventloop.client;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the caller of a command waits for. Given up, in whatever way, it tears the run
 * down.
 *
 * @param <T> the result's type
 */
final class RunFuture<T> extends LoopFuture<T> {

	private final AtomicBoolean decided = new AtomicBoolean();

	private final AtomicReference<@Nullable CommandRun> run = new AtomicReference<>();

	RunFuture(EventLoop loop) {
		super(loop);
	}

	/**
	 * Run a command for its result.
	 */
	static RunFuture<SubprocessResult> begin(ClientSettings client, CommandPlan plan) {
		EventLoop loop = client.loopForRun();
		RunFuture<SubprocessResult> future = new RunFuture<>(loop);
		CommandRun run = new CommandRun(client, plan, loop, future::over, RunWay.PLANNED);
		future.begin(run);
		return future;
	}

	void begin(CommandRun started) {
		this.run.set(started);
		started.begin();
	}

	/**
	 * Complete it, as the run is over.
	 */
	private void over(@Nullable T result, @Nullable Throwable failure) {
		if (failure != null) {
			refuse(failure);
		}
		else if (result != null) {
			deliver(result);
		}
	}

	/**
	 * Complete it, unless it was given up.
	 * @return whether it was not
	 */
	boolean deliver(T result) {
		return this.decided.compareAndSet(false, true) && super.complete(result);
	}

	/**
	 * Fail it, unless it was given up.
	 */
	void refuse(Throwable failure) {
		if (this.decided.compareAndSet(false, true)) {
			super.completeExceptionally(failure);
		}
	}

	/**
	 * Wait, after a cancellation, until the run is over; see
	 * {@link CommandRun#awaitEnd()}.
	 */
	void awaitEnd() {
		CommandRun begun = this.run.get();
		if (begun != null) {
			begun.awaitEnd();
		}
	}

	private boolean giveUp() {
		if (!this.decided.compareAndSet(false, true)) {
			return false;
		}
		CommandRun begun = this.run.get();
		if (begun != null) {
			begun.cancel();
		}
		return true;
	}

	@Override
	public boolean complete(@Nullable T value) {
		return giveUp() && super.complete(value);
	}

	@Override
	public boolean completeExceptionally(Throwable ex) {
		return giveUp() && super.completeExceptionally(ex);
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		return giveUp() ? super.cancel(mayInterruptIfRunning) : isCancelled();
	}

	@Override
	protected boolean isAbandonable() {
		return true;
	}

	@Override
	protected void abandoned() {
		cancel(false);
	}

}
