package io.eventloop.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.eventloop.EventLoop;
import io.eventloop.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

@Timeout(30)
@ParameterizedClass
@EnumSource
class SchedulingTests {

	private final EventLoop loop;

	private final List<Object> ran = Collections.synchronizedList(new ArrayList<>());

	SchedulingTests(LoopKind kind) {
		this.loop = kind.newLoop();
	}

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	@Test
	@DisplayName("S57 callbacks run first in, first out, each once")
	void callbacksRunInOrder() {
		IntStream.range(0, 1000).forEach((i) -> this.loop.callSoon(() -> this.ran.add(i)));
		runOnce();
		assertThat(this.ran).containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
		runOnce();
		assertThat(this.ran).hasSize(1000);
	}

	@Test
	@DisplayName("S58 what a callback schedules runs in the next pass")
	void callbackOfACallbackWaits() {
		this.loop.callSoon(() -> {
			this.ran.add("first");
			this.loop.callSoon(() -> this.ran.add("third"));
		});
		this.loop.callSoon(() -> this.ran.add("second"));
		runOnce();
		assertThat(this.ran).containsExactly("first", "second");
		runOnce();
		assertThat(this.ran).containsExactly("first", "second", "third");
	}

	@Test
	@DisplayName("S59 a handle cancelled by an earlier one of the same pass is skipped")
	void cancelledInTheSamePass() {
		AtomicReference<Handle> second = new AtomicReference<>();
		this.loop.callSoon(() -> second.get().cancel());
		second.set(this.loop.callSoon(() -> this.ran.add("second")));
		runOnce();
		assertThat(this.ran).isEmpty();
	}

	@Test
	@DisplayName("S60 a delayed call runs after its delay, and in the next pass when that is negative")
	void callLater() {
		long start = this.loop.time();
		this.loop.callLater(Duration.ofMillis(200), () -> {
			this.ran.add(this.loop.time() - start >= Duration.ofMillis(200).toNanos());
			this.loop.stop();
		});
		this.loop.callLater(Duration.ofMillis(-1), () -> this.ran.add("negative"));
		this.loop.callLater(Duration.ofSeconds(Long.MIN_VALUE), () -> this.ran.add("very negative"));
		this.loop.runForever();
		assertThat(this.ran).containsExactly("negative", "very negative", true);
	}

	@Test
	@DisplayName("S60 the longest delay is no overflow")
	void longestDelay() {
		this.loop.callLater(Duration.ofSeconds(Long.MAX_VALUE), () -> this.ran.add("never"));
		runOnce();
		assertThat(this.ran).isEmpty();
	}

	@Test
	@DisplayName("S62 extreme due times neither overflow nor disturb others")
	void extremeDueTimes() {
		this.loop.callAt(Long.MAX_VALUE, () -> this.ran.add("never"));
		this.loop.callAt(Long.MIN_VALUE, () -> this.ran.add("at once"));
		this.loop.callLater(Duration.ofMillis(5), () -> {
			this.ran.add("soon");
			this.loop.stop();
		});
		this.loop.runForever();
		assertThat(this.ran).containsExactly("at once", "soon");
	}

	@Test
	@DisplayName("S61 no delay and no callback are errors")
	void nullIsRefused() {
		assertThatNullPointerException().isThrownBy(() -> this.loop.callLater(null, () -> {
		}));
		assertThatNullPointerException().isThrownBy(() -> this.loop.callSoon(null))
			.withMessage("'callback' must not be null");
	}

	@Test
	@DisplayName("S62 an absolute call uses the loop's clock, which never goes back")
	void callAt() {
		long due = this.loop.time() + Duration.ofMillis(10).toNanos();
		this.loop.callAt(due, () -> {
			this.ran.add(this.loop.time() >= due);
			this.loop.stop();
		});
		this.loop.runForever();
		assertThat(this.ran).containsExactly(true);
		assertThat(this.loop.time()).isGreaterThanOrEqualTo(due);
	}

	@Test
	@DisplayName("S63 timers that are due run together, in one pass")
	void dueTimersRunTogether() {
		long now = this.loop.time();
		this.loop.callAt(now - 1, () -> this.ran.add(1));
		this.loop.callAt(now - 2, () -> this.ran.add(2));
		runOnce();
		assertThat(this.ran).containsExactly(2, 1);
	}

	@Test
	@DisplayName("S65 timers due at the same time run first in, first out")
	void equalTimersAreStable() {
		long when = this.loop.time() - 1;
		IntStream.range(0, 500).forEach((i) -> this.loop.callAt(when, () -> this.ran.add(i)));
		runOnce();
		assertThat(this.ran).containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
	}

	@Test
	@DisplayName("S67 a cancelled timer that would be next is dropped")
	void cancelledTimerIsNotWaitedFor() {
		this.loop.callLater(Duration.ofHours(1), () -> {
		}).cancel();
		this.loop.callLater(Duration.ofMillis(1), this.loop::stop);
		this.loop.runForever();
		assertThat(this.loop.statistics().timers()).isZero();
	}

	@Test
	@DisplayName("S70 a thread-safe call wakes a sleeping loop, and keeps the order of its thread")
	void threadsafeCallWakesTheLoop() throws Exception {
		Thread caller = new Thread(() -> {
			IntStream.range(0, 1000).forEach((i) -> this.loop.callSoonThreadsafe(() -> this.ran.add(i)));
			this.loop.callSoonThreadsafe(this.loop::stop);
		});
		this.loop.callSoon(caller::start);
		this.loop.runForever();
		caller.join();
		assertThat(this.ran).containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
	}

	@Test
	@DisplayName("S70 a thread-safe call is allowed on the loop's thread, in the same order")
	void threadsafeCallFromTheLoop() {
		this.loop.callSoonThreadsafe(() -> this.ran.add(1));
		this.loop.callSoon(() -> {
			this.ran.add(2);
			this.loop.callSoonThreadsafe(() -> this.ran.add(3));
			this.loop.callSoon(() -> this.ran.add(4));
			this.loop.callSoonThreadsafe(this.loop::stop);
		});
		this.loop.runForever();
		assertThat(this.ran).containsExactly(1, 2, 3, 4);
	}

	static Stream<java.util.function.Consumer<EventLoop>> threadUnsafeCalls() {
		return Stream.of((loop) -> loop.callSoon(() -> {
		}), (loop) -> loop.callLater(Duration.ZERO, () -> {
		}), (loop) -> loop.callAt(0, () -> {
		}));
	}

	@ParameterizedTest
	@MethodSource("threadUnsafeCalls")
	@DisplayName("S71 in debug mode the other calls are refused from a foreign thread while the loop runs")
	void foreignThreadIsRefusedInDebug(java.util.function.Consumer<EventLoop> call) {
		this.loop.setDebug(true);
		call.accept(this.loop);
		CompletableFuture<Void> foreign = new CompletableFuture<>();
		this.loop.callSoon(() -> foreign.completeAsync(() -> {
			call.accept(this.loop);
			return null;
		}));
		assertThatExceptionOfType(java.util.concurrent.CompletionException.class)
			.isThrownBy(() -> this.loop.runUntilComplete(foreign))
			.withCauseInstanceOf(IllegalStateException.class)
			.withMessageContaining("use callSoonThreadsafe");
	}

	@ParameterizedTest
	@MethodSource("threadUnsafeCalls")
	@DisplayName("S71 without debug mode they are taken, and nothing is lost")
	void foreignThreadIsTaken(java.util.function.Consumer<EventLoop> call) {
		CompletableFuture<Void> foreign = new CompletableFuture<>();
		this.loop.callSoon(() -> foreign.completeAsync(() -> {
			call.accept(this.loop);
			return null;
		}));
		this.loop.runUntilComplete(foreign);
	}

	@ParameterizedTest
	@MethodSource("threadUnsafeCalls")
	@DisplayName("S73 a closed loop schedules nothing")
	void closedLoopRefuses(java.util.function.Consumer<EventLoop> call) {
		this.loop.close();
		assertThatIllegalStateException().isThrownBy(() -> call.accept(this.loop)).withMessageContaining("is closed");
		assertThatIllegalStateException().isThrownBy(() -> this.loop.callSoonThreadsafe(() -> {
		})).withMessageContaining("is closed");
		assertThatIllegalStateException().isThrownBy(() -> this.loop.createTask(() -> new CompletableFuture<>()))
			.withMessageContaining("is closed");
		assertThatIllegalStateException().isThrownBy(() -> this.loop.runInExecutor(null, () -> null))
			.withMessageContaining("is closed");
	}

	private void runOnce() {
		this.loop.stop();
		this.loop.runForever();
	}

}
