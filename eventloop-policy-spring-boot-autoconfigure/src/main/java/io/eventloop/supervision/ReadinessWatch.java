package io.eventloop.supervision;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.TimerHandle;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a generation is ready, or its time is over. Belongs to the loop's thread.
 */
final class ReadinessWatch {

	private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

	private final EventLoop loop;

	private final Readiness readiness;

	private final Runnable ready;

	private final Consumer<String> failed;

	private Duration pause = FIRST_PAUSE;

	private @Nullable String answer;

	private @Nullable TimerHandle timeout;

	private @Nullable TimerHandle next;

	private @Nullable CompletableFuture<?> attempt;

	private boolean done;

	/**
	 * Create the watch.
	 * @param ready called once it is ready
	 * @param failed told once why it is not
	 */
	ReadinessWatch(EventLoop loop, Readiness readiness, Runnable ready, Consumer<String> failed) {
		this.loop = loop;
		this.readiness = readiness;
		this.ready = ready;
		this.failed = failed;
	}

	void start() {
		if (this.readiness.isLaunch()) {
			succeed();
			return;
		}
		Probe probe = this.readiness.probe();
		this.timeout = this.loop.callLater(this.readiness.timeout(), this::timeOut);
		if (probe != null) {
			this.next = this.loop.callLater(FIRST_PAUSE, () -> ask(probe));
		}
	}

	private void ask(Probe probe) {
		this.attempt = new ProbeAttempt(this.loop, probe, this.readiness.timeout()).start((reason) -> {
			if (this.done) {
				return;
			}
			if (reason == null) {
				succeed();
				return;
			}
			this.answer = reason;
			this.next = this.loop.callLater(this.pause, () -> ask(probe));
			Duration longer = this.pause.multipliedBy(2);
			this.pause = (longer.compareTo(LONGEST_PAUSE) > 0) ? LONGEST_PAUSE : longer;
		});
	}

	/**
	 * Take a line of the child's.
	 */
	void line(String text) {
		if (!this.done && this.readiness.line() != null && this.readiness.line().matcher(text).find()) {
			succeed();
		}
	}

	/**
	 * Take what it says.
	 */
	void take(Notification notification) {
		if (!this.done && this.readiness.isNotified() && notification.ready()) {
			succeed();
		}
	}

	private void timeOut() {
		if (!this.done) {
			stop();
			this.failed.accept("was not ready within %d ms (%s%s)".formatted(this.readiness.timeout().toMillis(),
					this.readiness, (this.answer != null) ? ": " + this.answer : ""));
		}
	}

	private void succeed() {
		stop();
		this.ready.run();
	}

	/**
	 * Wait no longer.
	 */
	void stop() {
		this.done = true;
		if (this.timeout != null) {
			this.timeout.cancel();
		}
		if (this.next != null) {
			this.next.cancel();
		}
		if (this.attempt != null) {
			this.attempt.cancel(true);
		}
	}

}
