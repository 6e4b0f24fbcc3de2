package io.eventloop.loop;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class FreeLoopTests {

	private static final long MINUTE = Duration.ofMinutes(1).toNanos();

	private final BaseEventLoop loop = new SelectorEventLoop();

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	@Test
	@DisplayName("A loop is free where the callback in progress is all there is")
	void freeWhereNothingElseIsReady() {
		assertThat(isFreeAfter(() -> {
		})).isTrue();
		this.loop.callSoon(() -> {
		});
		assertThat(isFreeAfter(() -> {
		})).as("it was ready before, and has run").isTrue();
	}

	@Test
	@DisplayName("A loop is not free where another callback is ready, of its own or of another thread")
	void notFreeWhereCallbacksAreReady() {
		assertThat(isFreeAfter(() -> this.loop.callSoon(this.loop::stop))).isFalse();
		assertThat(isFreeAfter(
				() -> CompletableFuture.runAsync(() -> this.loop.callSoonThreadsafe(this.loop::stop)).join()))
			.isFalse();
	}

	@Test
	@DisplayName("A loop is free until its next timer")
	void freeUntilTheNextTimer() {
		assertThat(isFreeAfter(() -> this.loop.callLater(Duration.ofNanos(2 * MINUTE), this.loop::stop))).isTrue();
		assertThat(isFreeAfter(() -> this.loop.callLater(Duration.ofNanos(MINUTE / 2), this.loop::stop))).isFalse();
	}

	private boolean isFreeAfter(Runnable before) {
		CompletableFuture<Boolean> free = new CompletableFuture<>();
		this.loop.callSoon(() -> {
			before.run();
			free.complete(this.loop.isFreeFor(MINUTE));
		});
		return this.loop.runUntilComplete(free);
	}

}
