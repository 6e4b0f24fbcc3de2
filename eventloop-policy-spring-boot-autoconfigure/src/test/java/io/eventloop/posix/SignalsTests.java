package io.eventloop.posix;

import java.util.concurrent.atomic.AtomicInteger;

import io.eventloop.Signal;
import org.awaitility.Awaitility;
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
	void theFormerHandlerIsPutBack() {
		try (SignalRegistration outer = Signals.install(Signal.SIGUSR1, this.first::incrementAndGet)) {
			Signals.install(Signal.SIGUSR1, this.second::incrementAndGet).close();
			this.self.signal(Signal.SIGUSR1);
			Awaitility.await().untilAtomic(this.first, is(1));
			assertThat(this.second).hasValue(0);
			assertThat(outer.restore()).isTrue();
		}
	}

	@Test
	void aHandlerInstalledLaterStays() {
		SignalRegistration early = Signals.install(Signal.SIGUSR1, this.first::incrementAndGet);
		SignalRegistration late = Signals.install(Signal.SIGUSR1, this.second::incrementAndGet);
		assertThat(early.restore()).as("it is not ours any more").isFalse();
		this.self.signal(Signal.SIGUSR1);
		Awaitility.await().untilAtomic(this.second, is(1));
		assertThat(late.restore()).isTrue();
		this.self.signal(Signal.SIGUSR1);
		Awaitility.await().untilAtomic(this.first, is(1));
	}

	@ParameterizedTest
	@ValueSource(ints = { 9, 19, 11, 63 })
	void whatCannotBeTakenIsRefused(int number) {
		Signal signal = Signal.of(number);
		assertThatIllegalArgumentException().isThrownBy(() -> Signals.install(signal, this.first::incrementAndGet))
			.withMessageStartingWith("Cannot handle " + signal);
	}

}
