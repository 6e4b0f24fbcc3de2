package io.eventloop.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.eventloop.EventLoop;
import io.eventloop.Signal;
import io.eventloop.posix.ChildProcess;
import io.eventloop.posix.SignalRegistration;
import io.eventloop.posix.Signals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * With real signals to this process, of the kind that is ignored where there is no
 * handler.
 */
@Timeout(30)
class SignalHandlerTests {

	private static final ChildProcess SELF = ChildProcess.of(ProcessHandle.current().pid());

	private final RecordingSelector selector = new RecordingSelector();

	private final EventLoop loop = new SelectorEventLoop(this.selector);

	private final List<Object> ran = new ArrayList<>();

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	@Test
	@DisplayName("S112 a signal's number is 1 to 64, and there is no handler without a callback")
	void argumentsAreChecked() {
		assertThatIllegalArgumentException().isThrownBy(() -> Signal.of(0)).withMessageContaining("0 is out of range");
		assertThatIllegalArgumentException().isThrownBy(() -> Signal.of(65))
			.withMessageContaining("it must be 1 to 64");
		assertThatNullPointerException().isThrownBy(() -> this.loop.addSignalHandler(Signal.SIGWINCH, null))
			.withMessage("'callback' must not be null");
		assertThat(this.loop.removeSignalHandler(Signal.SIGWINCH)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "KILL", "STOP", "QUIT" })
	@DisplayName("S113 S115 a signal that cannot be caught, or that the JVM keeps, is refused and leaves nothing behind")
	void uncatchableSignals(String name) {
		Signal signal = Signal.of(name);
		assertThatIllegalStateException().isThrownBy(() -> this.loop.addSignalHandler(signal, () -> {
		}))
			.withMessage("Cannot handle " + signal + ": it cannot be caught, is unknown here, or is one the JVM keeps "
					+ "to itself; use another one, such as SIGHUP or SIGUSR1");
		assertThat(this.loop.removeSignalHandler(signal)).isFalse();
	}

	@Test
	@DisplayName("S113 so is one that the JVM needs for itself, which has no name here")
	void segmentationFault() {
		assertThatIllegalStateException().isThrownBy(() -> this.loop.addSignalHandler(new Signal("SIGSEGV", 11), () -> {
		})).withMessageStartingWith("Cannot handle SIGSEGV");
	}

	@Test
	@DisplayName("S116 S114 a signal wakes a sleeping loop in any thread, and its callback is one of the loop's")
	void signalWakesASleepingLoop() throws InterruptedException {
		Thread runner = new Thread(() -> {
			this.loop.addSignalHandler(Signal.SIGWINCH, () -> {
				this.ran.add(Thread.currentThread());
				this.loop.stop();
			});
			this.loop.runForever();
		});
		runner.start();
		org.awaitility.Awaitility.await().until(() -> List.copyOf(this.selector.timeouts).contains(-1L));
		SELF.signal(Signal.SIGWINCH);
		runner.join();
		assertThat(this.ran).containsExactly(runner);
	}

	@Test
	@DisplayName("S116 an error of the callback goes to the exception handler, and the next signal is handled")
	void errorOfTheCallback() {
		List<Throwable> errors = new ArrayList<>();
		this.loop.setExceptionHandler((loop, context) -> {
			errors.add(context.exception());
			loop.stop();
		});
		this.loop.addSignalHandler(Signal.SIGWINCH, () -> {
			throw new IllegalStateException("broken");
		});
		for (int i = 0; i < 2; i++) {
			SELF.signal(Signal.SIGWINCH);
			this.loop.runForever();
		}
		assertThat(errors).hasSize(2);
	}

	@Test
	@DisplayName("S117 a signal that has arrived is ignored when its handler is removed before its turn")
	void removedBeforeItsTurn() {
		try (EventLoop second = new SelectorEventLoop()) {
			this.loop.addSignalHandler(Signal.SIGWINCH, () -> this.ran.add("removed"));
			second.addSignalHandler(Signal.SIGWINCH, second::stop);
			SELF.signal(Signal.SIGWINCH);
			second.runForever();
		}
		assertThat(this.loop.removeSignalHandler(Signal.SIGWINCH)).isTrue();
		runOnce();
		assertThat(this.ran).isEmpty();
		assertThat(this.loop.statistics().callbacks()).isOne();
	}

	@Test
	@DisplayName("S117 adding again replaces the handler, also for a signal that has arrived")
	void addingAgainReplaces() {
		this.loop.addSignalHandler(Signal.SIGWINCH, () -> this.ran.add("old"));
		this.loop.addSignalHandler(Signal.SIGWINCH, () -> {
			this.ran.add("new");
			this.loop.stop();
		});
		SELF.signal(Signal.SIGWINCH);
		this.loop.runForever();
		assertThat(this.ran).containsExactly("new");
		assertThat(this.loop.removeSignalHandler(Signal.SIGWINCH)).isTrue();
		assertThat(this.loop.removeSignalHandler(Signal.SIGWINCH)).isFalse();
	}

	@Test
	@DisplayName("S118 removing answers whether there was a handler, and gives the signal back to who had it")
	void removalRestores() {
		try (SignalRegistration ours = Signals.install(Signal.SIGWINCH,
				() -> this.loop.callSoonThreadsafe(() -> this.ran.add("found before")))) {
			this.loop.addSignalHandler(Signal.SIGWINCH, () -> this.ran.add("loop"));
			assertThat(this.loop.removeSignalHandler(Signal.SIGWINCH)).isTrue();
			assertThat(this.loop.removeSignalHandler(Signal.SIGWINCH)).isFalse();
			this.loop.callSoon(() -> SELF.signal(Signal.SIGWINCH));
			runUntil(1);
			assertThat(ours.signal()).isEqualTo(Signal.SIGWINCH);
		}
		assertThat(this.ran).containsExactly("found before");
	}

	@Test
	@DisplayName("S120 closing removes all handlers, and a closed loop takes none")
	void closeRemovesAll() {
		try (EventLoop second = new SelectorEventLoop()) {
			this.loop.addSignalHandler(Signal.SIGWINCH, () -> this.ran.add("closed"));
			this.loop.addSignalHandler(Signal.SIGCONT, () -> this.ran.add("closed"));
			this.loop.close();
			assertThat(this.loop.removeSignalHandler(Signal.SIGWINCH)).isFalse();
			assertThatIllegalStateException().isThrownBy(() -> this.loop.addSignalHandler(Signal.SIGWINCH, () -> {
			})).withMessageContaining("is closed");
			second.addSignalHandler(Signal.SIGWINCH, second::stop);
			SELF.signal(Signal.SIGWINCH);
			second.runForever();
		}
		assertThat(this.ran).isEmpty();
	}

	@Test
	@DisplayName("S116 two loops that handle the same signal are both told")
	void twoLoops() {
		try (EventLoop second = new SelectorEventLoop()) {
			this.loop.addSignalHandler(Signal.SIGWINCH, this.loop::stop);
			second.addSignalHandler(Signal.SIGWINCH, second::stop);
			SELF.signal(Signal.SIGWINCH);
			this.loop.runForever();
			second.runForever();
			this.loop.removeSignalHandler(Signal.SIGWINCH);
			SELF.signal(Signal.SIGWINCH);
			second.runForever();
		}
	}

	private void runUntil(int count) {
		Runnable check = new Runnable() {

			@Override
			public void run() {
				if (SignalHandlerTests.this.ran.size() >= count) {
					SignalHandlerTests.this.loop.stop();
				}
				else {
					SignalHandlerTests.this.loop.callLater(Duration.ofMillis(1), this);
				}
			}

		};
		this.loop.callSoon(check);
		this.loop.runForever();
	}

	private void runOnce() {
		this.loop.stop();
		this.loop.runForever();
	}

}
