package io.eventloop.client;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * The end of a run, for the task that a run is to its loop: as in asyncio, where a
 * coroutine that awaits a process is one. So an owner that cancels all tasks before it
 * closes the loop, such as {@link io.eventloop.Runner}, tears runs down in order, and
 * waits for them. Cancelling it asks the run to end; it is done when the run is.
 */
final class RunTask extends CompletableFuture<@Nullable Void> {

	private final CommandRun run;

	RunTask(CommandRun run) {
		this.run = run;
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		if (isDone()) {
			return false;
		}
		this.run.cancel();
		return true;
	}

}
