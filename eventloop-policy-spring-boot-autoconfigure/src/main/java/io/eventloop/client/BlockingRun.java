package io.eventloop.client;

import java.util.Objects;
import java.util.concurrent.ExecutionException;

import io.eventloop.RunningLoop;

/**
 * Runs a command for a thread that waits.
 */
final class BlockingRun {

	private BlockingRun() {
	}

	static SubprocessResult of(ClientSettings client, CommandPlan plan) {
		if (RunningLoop.get() != null) {
			throw new IllegalStateException(
					"%s cannot be waited for on the thread of an event loop, which would stand still; use runAsync(), or run it in another thread"
						.formatted(plan.name()));
		}
		RunFuture<SubprocessResult> future = RunFuture.begin(client, plan);
		try {
			return future.get();
		}
		catch (InterruptedException ex) {
			future.cancel(true);
			future.awaitEnd();
			Thread.currentThread().interrupt();
			throw new SubprocessException(plan.name(),
					"%s was torn down, as the thread that waited for it was interrupted".formatted(plan.name()), ex);
		}
		catch (ExecutionException ex) {
			throw unwrapped(plan, Objects.requireNonNullElse(ex.getCause(), ex));
		}
	}

	private static RuntimeException unwrapped(CommandPlan plan, Throwable failure) {
		if (failure instanceof SubprocessException own) {
			// It was made on the loop, whose stack tells nothing of this call
			own.fillInStackTrace();
			return own;
		}
		if (failure instanceof RuntimeException unchecked) {
			return unchecked;
		}
		if (failure instanceof Error error) {
			throw error;
		}
		return new SubprocessException(plan.name(), "%s was torn down: %s".formatted(plan.name(), failure.getMessage()),
				failure);
	}

}
