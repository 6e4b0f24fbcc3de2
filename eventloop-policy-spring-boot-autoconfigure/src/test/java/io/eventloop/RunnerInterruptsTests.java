package io.eventloop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.policy.DefaultEventLoopPolicy;
import io.eventloop.selector.EpollSelector;
import io.eventloop.selector.NioSelector;
import io.eventloop.selector.PollSelector;
import io.eventloop.selector.Selector;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(30)
class RunnerInterruptsTests {

	@BeforeEach
	void setPolicy() {
		EventLoops.setEventLoopPolicy(new DefaultEventLoopPolicy(Thread.currentThread()));
	}

	@AfterEach
	void restorePolicy() {
		EventLoops.setEventLoopPolicy(null);
	}

	static Stream<Named<Supplier<Selector>>> selectors() {
		return Stream.of(Named.of("epoll", EpollSelector::new), Named.of("poll", PollSelector::new),
				Named.of("nio", NioSelector::new));
	}

	@ParameterizedTest
	@MethodSource("selectors")
	@DisplayName("S45 an interrupt wakes the loop and cancels the main task, and the thread's flag is set at the end")
	void interruptCancelsTheMainTask(Supplier<Selector> selector) {
		Thread thread = Thread.currentThread();
		try (Runner runner = new Runner(null, () -> new SelectorEventLoop(selector.get()))) {
			assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> runner.<Void>run((loop) -> {
				CompletableFuture.runAsync(() -> awaitSleep(thread)).thenRun(thread::interrupt);
				return loop.createFuture();
			}));
			assertThat(Thread.currentThread().isInterrupted()).isTrue();
		}
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	@DisplayName("S45 an interrupt reaches a loop that never sleeps")
	void interruptOfABusyLoop() {
		Thread thread = Thread.currentThread();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> EventLoops.<Void>run((loop) -> {
			Runnable busy = new Runnable() {

				@Override
				public void run() {
					loop.callSoon(this);
				}

			};
			busy.run();
			CompletableFuture.runAsync(thread::interrupt);
			return loop.createFuture();
		}));
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	@DisplayName("S45 a main task that survives its cancellation gives its result, and the flag tells of the interrupt")
	void mainTaskThatSurvives() {
		assertThat(EventLoops.<String>run((loop) -> {
			CompletableFuture<String> stubborn = new CompletableFuture<>() {

				@Override
				public boolean cancel(boolean mayInterruptIfRunning) {
					return complete("survived");
				}

			};
			Thread.currentThread().interrupt();
			return stubborn;
		})).isEqualTo("survived");
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	@DisplayName("S45 the second interrupt ends the run at once, and one during the close ends the wait there")
	void secondInterruptEndsTheRun() {
		Thread thread = Thread.currentThread();
		List<String> cancelled = new ArrayList<>();
		CompletableFuture<Void> stubborn = new CompletableFuture<>() {

			@Override
			public boolean cancel(boolean mayInterruptIfRunning) {
				cancelled.add("cancelled");
				CompletableFuture.runAsync(() -> awaitSleep(thread)).thenRun(thread::interrupt);
				return true;
			}

		};
		Runner runner = new Runner();
		EventLoop loop = runner.getLoop();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> runner.run((running) -> {
			thread.interrupt();
			return stubborn;
		})).withMessageContaining("Interrupted again");
		assertThat(cancelled).hasSize(1);
		assertThatIllegalStateException().isThrownBy(runner::close).withMessageContaining("was stopped before");
		assertThat(cancelled).hasSize(2);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(loop.isClosed()).isTrue();
	}

	@Test
	@DisplayName("S45 a task of a thread that was interrupted before never starts")
	void interruptedBefore() {
		List<String> started = new ArrayList<>();
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> EventLoops.run((loop) -> {
			started.add("started");
			return CompletableFuture.completedFuture("done");
		}));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(started).isEmpty();
	}

	@Test
	@DisplayName("S46 what was done at an interrupt before the run is done after it again")
	void interruptHandlerIsPutBack() {
		try (Runner runner = new Runner()) {
			List<String> called = new ArrayList<>();
			Runnable before = () -> called.add("before");
			runner.getLoop().setInterruptHandler(before);
			runner.<Void>run((loop) -> {
				assertThat(loop.getInterruptHandler()).isNotSameAs(before);
				return CompletableFuture.completedFuture(null);
			});
			assertThat(runner.getLoop().getInterruptHandler()).isSameAs(before);
			Thread.currentThread().interrupt();
			runner.getLoop().stop();
			runner.getLoop().runForever();
			assertThat(Thread.currentThread().isInterrupted()).isFalse();
			runner.getLoop().stop();
			runner.getLoop().runForever();
			assertThat(called).containsExactly("before");
		}
	}

	@Test
	@DisplayName("S46 without a runner a loop leaves interrupts alone")
	void loopAloneIgnoresInterrupts() {
		try (EventLoop loop = new SelectorEventLoop()) {
			Thread.currentThread().interrupt();
			loop.callLater(Duration.ofMillis(5), loop::stop);
			loop.runForever();
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	private static void awaitSleep(Thread thread) {
		Awaitility.await()
			.until(() -> Arrays.stream(thread.getStackTrace())
				.anyMatch((frame) -> frame.getClassName().endsWith("InterruptWatch")));
	}

}
