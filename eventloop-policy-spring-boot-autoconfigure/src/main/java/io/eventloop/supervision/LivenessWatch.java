package io.eventloop.supervision;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.TimerHandle;
import org.jspecify.annotations.Nullable;

/**
 * Asks a generation that is ready whether it still works. Belongs to the loop's thread.
 */
final class LivenessWatch {

	private final EventLoop loop;

	private final Liveness liveness;

	private final Probe probe;

	private final Consumer<String> failed;

	private int failures;

	private @Nullable TimerHandle next;

	private @Nullable CompletableFuture<?> attempt;

	private boolean done;

	/**
	 * Create the watch.
	 * @param failed told once that it does not
	 */
	LivenessWatch(EventLoop loop, Liveness liveness, Probe probe, Consumer<String> failed) {
		this.loop = loop;
		this.liveness = liveness;
		this.probe = probe;
		this.failed = failed;
	}

	void start() {
		this.next = this.loop.callLater(this.liveness.period(), this::ask);
	}

	private void ask() {
		this.attempt = new ProbeAttempt(this.loop, this.probe, this.liveness.period()).start((reason) -> {
			if (this.done) {
				return;
			}
			this.failures = (reason == null) ? 0 : this.failures + 1;
			if (this.failures == this.liveness.failures()) {
				stop();
				this.failed
					.accept("did not answer %d times in a row (%s: %s)".formatted(this.failures, this.probe, reason));
			}
			else {
				start();
			}
		});
	}

	/**
	 * Ask no longer.
	 */
	void stop() {
		this.done = true;
		if (this.next != null) {
			this.next.cancel();
		}
		if (this.attempt != null) {
			this.attempt.cancel(true);
		}
	}

}
