package io.eventloop.client.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.eventloop.LoopFuture;
import io.eventloop.selector.DescriptorSelectorKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(20)
@NoChildLeaks
class SteppedEventLoopTests {

	private final SteppedEventLoop loop = new SteppedEventLoop();

	private final List<String> calls = new ArrayList<>();

	@AfterEach
	void close() {
		this.loop.close();
	}

	private void note(String what) {
		this.calls.add(what + " at " + Duration.ofNanos(this.loop.time()).toSeconds());
	}

	@Test
	void aPassRunsWhatIsReadyAndNotWhatThatMakesReady() {
		this.loop.callSoon(() -> {
			note("first");
			this.loop.callSoon(() -> note("second"));
		});
		this.loop.pass();
		assertThat(this.calls).containsExactly("first at 0");
		this.loop.pass();
		assertThat(this.calls).containsExactly("first at 0", "second at 0");
	}

	@Test
	void settlingRunsAllOfThisTime() {
		this.loop.callSoon(() -> {
			note("first");
			this.loop.callSoon(() -> note("second"));
			this.loop.callLater(Duration.ofSeconds(1), () -> note("later"));
		});
		this.loop.settle();
		assertThat(this.calls).containsExactly("first at 0", "second at 0");
	}

	@Test
	void timersRunAtTheirOwnTime() {
		this.loop.callLater(Duration.ofHours(2), () -> note("never"));
		this.loop.callLater(Duration.ofSeconds(5), () -> {
			note("five");
			this.loop.callLater(Duration.ofSeconds(2), () -> note("seven"));
		});
		this.loop.callLater(Duration.ofSeconds(1), () -> note("one"));
		this.loop.advance(Duration.ofSeconds(4));
		assertThat(this.calls).containsExactly("one at 1");
		this.loop.advance(Duration.ofHours(1));
		assertThat(this.calls).containsExactly("one at 1", "five at 5", "seven at 7");
		assertThat(this.loop.time()).isEqualTo(Duration.ofHours(1).plusSeconds(4).toNanos());
	}

	@Test
	void whatBlocksRunsInTheLoopsThread() {
		LoopFuture<Thread> thread = this.loop.runInExecutor(null, Thread::currentThread);
		this.loop.settle();
		assertThat(thread.join()).isSameAs(Thread.currentThread());
	}

	@Test
	void awaitingMovesTheTimeAsFarAsItTakes() {
		LoopFuture<String> future = this.loop.createFuture();
		this.loop.callLater(Duration.ofDays(3), () -> future.complete("done"));
		this.loop.callLater(Duration.ofDays(4), () -> note("never"));
		assertThat(this.loop.await(future)).isEqualTo("done");
		assertThat(this.loop.time()).isEqualTo(Duration.ofDays(3).toNanos());
		assertThat(this.calls).isEmpty();
	}

	@Test
	void awaitingWhatNothingCompletesIsAnError() {
		CompletableFuture<String> never = new CompletableFuture<>();
		assertThatIllegalStateException().isThrownBy(() -> this.loop.await(never))
			.withMessageStartingWith("Nothing is left on SteppedEventLoop[stopped] that could complete the future");
	}

	@Test
	void timeNeverRunsBack() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.loop.advance(Duration.ofSeconds(-1)))
			.withMessage("Time cannot be moved by PT-1S, as it never runs back; give zero or more");
	}

	@Test
	void thereAreNoDescriptorsUnlessItPollsSome() {
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.loop.addReader(0, () -> note("never")))
			.withMessageStartingWith("This loop has virtual time and no descriptors");
		try (SteppedEventLoop polling = new SteppedEventLoop(DescriptorSelectorKind.EPOLL.open())) {
			polling.callSoonThreadsafe(() -> note("posted"));
			polling.pass();
			assertThat(this.calls).containsExactly("posted at 0");
		}
	}

}
