package io.eventloop.posix;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.eventloop.Signal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hamcrest.Matchers.is;

@Timeout(30)
class SignalsTests {

	private final ChildProcess self = ChildProcess.of(ProcessHandle.current().pid());

	private final AtomicInteger first = new AtomicInteger();

	private final AtomicInteger second = new AtomicInteger();

	private Object before;

	@BeforeEach
	void rememberTheDisposition() {
		this.before = JvmSignals.handle(Signal.SIGUSR1, JvmSignals.handler(this.first::incrementAndGet));
		restoreTheDisposition();
	}

	@AfterEach
	void restoreTheDisposition() {
		JvmSignals.handle(Signal.SIGUSR1, this.before);
	}

	@Test
	void theHandlerIsCalledUntilClosed() {
		SignalRegistration registration = Signals.install(Signal.SIGUSR1, this.first::incrementAndGet);
		assertThat(registration.signal()).isEqualTo(Signal.SIGUSR1);
		this.self.signal(Signal.SIGUSR1);
		Awaitility.await().untilAtomic(this.first, is(1));
		assertThat(registration.restore()).isTrue();
		assertThat(registration.restore()).isFalse();
	}

	@Test
	void handlersShareTheSignal() {
		SignalRegistration early = Signals.install(Signal.SIGUSR1, this.first::incrementAndGet);
		SignalRegistration late = Signals.install(Signal.SIGUSR1, this.second::incrementAndGet);
		this.self.signal(Signal.SIGUSR1);
		Awaitility.await().untilAtomic(this.first, is(1));
		Awaitility.await().untilAtomic(this.second, is(1));
		assertThat(early.restore()).isTrue();
		this.self.signal(Signal.SIGUSR1);
		Awaitility.await().untilAtomic(this.second, is(2));
		assertThat(this.first).hasValue(1);
		assertThat(late.restore()).isTrue();
	}

	@Test
	void oneThatThrowsKeepsNoOtherFromHearing() {
		BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
		Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
		Thread.setDefaultUncaughtExceptionHandler((thread, ex) -> uncaught.add(ex));
		try (SignalRegistration broken = Signals.install(Signal.SIGUSR1, () -> {
			throw new IllegalStateException("broken");
		}); SignalRegistration sound = Signals.install(Signal.SIGUSR1, this.first::incrementAndGet)) {
			assertThat(broken.signal()).isEqualTo(sound.signal());
			this.self.signal(Signal.SIGUSR1);
			Awaitility.await().dontCatchUncaughtExceptions().untilAtomic(this.first, is(1));
			Awaitility.await().dontCatchUncaughtExceptions().untilAsserted(() -> assertThat(uncaught).hasSize(1));
		}
		finally {
			Thread.setDefaultUncaughtExceptionHandler(before);
		}
	}

	@Test
	@DisplayName("S175 other code's handler from before is put back")
	void theFormerHandlerIsPutBack() {
		Object foreign = JvmSignals.handler(this.first::incrementAndGet);
		JvmSignals.handle(Signal.SIGUSR1, foreign);
		SignalRegistration registration = Signals.install(Signal.SIGUSR1, this.second::incrementAndGet);
		assertThat(registration.replaced()).contains(foreign.toString());
		assertThat(registration.restore()).isTrue();
		this.self.signal(Signal.SIGUSR1);
		Awaitility.await().untilAtomic(this.first, is(1));
		assertThat(this.second).hasValue(0);
	}

	@Test
	@DisplayName("S175 a handler that other code has installed since stays")
	void aHandlerOfOtherCodeInstalledLaterStays() {
		SignalRegistration registration = Signals.install(Signal.SIGUSR1, this.first::incrementAndGet);
		assertThat(registration.replaced()).isEmpty();
		Object ours = JvmSignals.handle(Signal.SIGUSR1, JvmSignals.handler(this.second::incrementAndGet));
		assertThat(registration.restore()).as("it is not ours any more").isFalse();
		this.self.signal(Signal.SIGUSR1);
		Awaitility.await().untilAtomic(this.second, is(1));
		assertThat(ours).as("the one handler of all that is installed here").isNotNull();
		assertThat(this.first).hasValue(0);
	}

	@Test
	void theNextRegistrationTakesTheSignalBack() {
		try (SignalRegistration early = Signals.install(Signal.SIGUSR1, this.first::incrementAndGet)) {
			Object foreign = JvmSignals.handler(this.second::incrementAndGet);
			Object ours = JvmSignals.handle(Signal.SIGUSR1, foreign);
			try (SignalRegistration late = Signals.install(Signal.SIGUSR1, () -> {
			})) {
				assertThat(early.replaced()).isEmpty();
				assertThat(late.replaced()).isPresent();
				this.self.signal(Signal.SIGUSR1);
				Awaitility.await().untilAtomic(this.first, is(1));
				assertThat(this.second).hasValue(0);
			}
			assertThat(JvmSignals.handle(Signal.SIGUSR1, foreign)).isSameAs(ours);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 9, 19, 11, 63 })
	void whatCannotBeTakenIsRefused(int number) {
		Signal signal = Signal.of(number);
		assertThatIllegalArgumentException().isThrownBy(() -> Signals.install(signal, this.first::incrementAndGet))
			.withMessageStartingWith("Cannot handle " + signal);
	}

}
