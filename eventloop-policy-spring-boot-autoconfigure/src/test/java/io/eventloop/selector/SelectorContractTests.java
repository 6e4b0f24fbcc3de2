package io.eventloop.selector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import io.eventloop.testsupport.Proc;
import org.assertj.core.api.Condition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static io.eventloop.selector.Selector.READ;
import static io.eventloop.selector.Selector.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What all selectors keep, whatever they wait for.
 *
 * @param <E> what they wait for
 */
@Timeout(30)
@ParameterizedClass
@ValueSource(strings = { "epoll", "poll", "nio" })
class SelectorContractTests<E> {

	private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

	private final String name;

	private final SelectorCandidate<E> candidate;

	private final Selector selector;

	@SuppressWarnings("unchecked")
	SelectorContractTests(String name) throws IOException {
		this.name = name;
		this.candidate = (SelectorCandidate<E>) SelectorCandidate.open(name);
		this.selector = this.candidate.selector();
	}

	@AfterEach
	void close() {
		this.candidate.close();
	}

	@Test
	@DisplayName("S105 what is registered is reported for as long as it is ready")
	void isLevelTriggered() throws IOException {
		this.candidate.register(this.candidate.readEnd, READ);
		assertThat(this.candidate.poll()).isEmpty();
		this.candidate.write();
		assertThat(this.candidate.await()).isEqualTo(Map.of(this.candidate.readEnd, READ));
		assertThat(this.candidate.await()).isEqualTo(Map.of(this.candidate.readEnd, READ));
		this.candidate.read();
		assertThat(this.candidate.poll()).isEmpty();
	}

	@Test
	@DisplayName("S105 several that are ready are reported together, each for what it is ready")
	void reportsSeveral() throws IOException {
		this.candidate.write();
		this.candidate.register(this.candidate.readEnd, READ);
		this.candidate.register(this.candidate.writeEnd, WRITE);
		assertThat(this.candidate.await())
			.isEqualTo(Map.of(this.candidate.readEnd, READ, this.candidate.writeEnd, WRITE));
	}

	@Test
	@DisplayName("S106 what is unregistered is reported no more, may be registered again, and unregistered twice")
	void unregisters() throws IOException {
		this.candidate.write();
		this.candidate.register(this.candidate.readEnd, READ);
		this.candidate.register(this.candidate.writeEnd, WRITE);
		this.candidate.unregister(this.candidate.readEnd);
		this.candidate.unregister(this.candidate.readEnd);
		assertThat(this.candidate.await()).isEqualTo(Map.of(this.candidate.writeEnd, WRITE));
		this.candidate.register(this.candidate.readEnd, READ);
		this.candidate.unregister(this.candidate.writeEnd);
		assertThat(this.candidate.await()).isEqualTo(Map.of(this.candidate.readEnd, READ));
		this.candidate.unregister(this.candidate.readEnd);
		assertThat(this.candidate.poll()).isEmpty();
	}

	@Test
	@DisplayName("S106 what was just unregistered may be registered at once")
	void registersAtOnceAgain() throws IOException {
		this.candidate.write();
		for (int i = 0; i < 3; i++) {
			this.candidate.register(this.candidate.readEnd, READ);
			this.candidate.unregister(this.candidate.readEnd);
		}
		this.candidate.register(this.candidate.readEnd, READ);
		assertThat(this.candidate.await()).containsOnlyKeys(this.candidate.readEnd);
	}

	@Test
	@DisplayName("S106 modifying changes what is waited for, and needs a registration")
	void modifies() throws IOException {
		assertThatException().isThrownBy(() -> this.candidate.modify(this.candidate.readEnd, READ))
			.isInstanceOfAny(UncheckedIOException.class, IllegalArgumentException.class)
			.satisfies((ex) -> assertThat(ex).hasMessageMatching(".*(ENOENT|not registered).*"));
		this.candidate.register(this.candidate.writeEnd, WRITE);
		this.candidate.modify(this.candidate.writeEnd, 0);
		assertThat(this.candidate.poll()).isEmpty();
		this.candidate.modify(this.candidate.writeEnd, WRITE);
		assertThat(this.candidate.await()).isEqualTo(Map.of(this.candidate.writeEnd, WRITE));
	}

	@Test
	@DisplayName("S108 what is closed cannot be registered, and is named")
	void refusesTheClosed() {
		this.candidate.close(this.candidate.readEnd);
		assertThatIllegalArgumentException().isThrownBy(() -> this.candidate.register(this.candidate.readEnd, READ))
			.withMessageContaining(this.candidate.readEnd.toString())
			.withMessageMatching(".*closed.*");
		assertThat(this.candidate.poll()).isEmpty();
	}

	@Test
	@DisplayName("S125 the end is reported to who waits to read")
	void reportsTheEnd() {
		this.candidate.register(this.candidate.readEnd, READ);
		this.candidate.close(this.candidate.writeEnd);
		assertThat(this.candidate.await()).containsOnlyKeys(this.candidate.readEnd)
			.hasValueSatisfying(new Condition<>((ready) -> (ready & READ) != 0, "can be read"));
	}

	@Test
	@DisplayName("S132 a reader that has gone is reported to a waiting writer, though the pipe is full")
	void reportsTheBroken() throws IOException {
		this.candidate.register(this.candidate.writeEnd, WRITE);
		while (!this.candidate.poll().isEmpty()) {
			for (int i = 0; i < 1024; i++) {
				this.candidate.write();
			}
		}
		this.candidate.close(this.candidate.readEnd);
		assertThat(this.candidate.await()).containsOnlyKeys(this.candidate.writeEnd)
			.hasValueSatisfying(new Condition<>((ready) -> (ready & WRITE) != 0, "can be written"));
	}

	@Test
	@DisplayName("S110 a wake-up ends the wait in progress, and no other")
	void wakeUpEndsTheWait() throws InterruptedException {
		Thread sleeper = new Thread(() -> this.selector.select(-1));
		sleeper.start();
		Awaitility.await().until(() -> isSelecting(sleeper));
		this.selector.wakeup();
		sleeper.join();
		assertThat(timed(Duration.ofMillis(20))).isGreaterThanOrEqualTo(Duration.ofMillis(20));
	}

	@Test
	@DisplayName("S110 a wake-up before the wait ends it at once; several are one")
	void wakeUpBeforeTheWait() {
		this.selector.wakeup();
		this.selector.wakeup();
		assertThat(this.selector.select(-1)).isZero();
		assertThat(timed(Duration.ofMillis(20))).isGreaterThanOrEqualTo(Duration.ofMillis(20));
	}

	@Test
	@DisplayName("S110 a wake-up is not lost when something is registered again before the wait")
	void wakeUpOutlivesARegistration() {
		this.candidate.register(this.candidate.readEnd, READ);
		this.candidate.unregister(this.candidate.readEnd);
		this.selector.wakeup();
		this.candidate.register(this.candidate.readEnd, READ);
		assertThat(this.selector.select(-1)).isZero();
	}

	@Test
	@DisplayName("S110 a wake-up is not taken for an event, and hides none")
	void wakeUpBesideAnEvent() throws IOException {
		this.candidate.register(this.candidate.readEnd, READ);
		this.candidate.write();
		this.selector.wakeup();
		assertThat(this.candidate.await()).isEqualTo(Map.of(this.candidate.readEnd, READ));
	}

	@Test
	@DisplayName("S110 an interrupted thread waits as long as another, and remains interrupted")
	void waitsThoughInterrupted() {
		Thread.currentThread().interrupt();
		Duration first = timed(Duration.ofMillis(20));
		Duration second = timed(Duration.ofMillis(20));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(first).isGreaterThanOrEqualTo(Duration.ofMillis(20));
		assertThat(second).isGreaterThanOrEqualTo(Duration.ofMillis(20));
	}

	@Test
	@DisplayName("S110 an interrupt during the wait makes no loop of it")
	void sleepsOnAfterAnInterrupt() throws InterruptedException {
		Thread sleeper = new Thread(() -> {
			this.selector.select(TWO_SECONDS.toNanos());
			this.selector.select(-1);
		});
		sleeper.start();
		Awaitility.await().until(() -> isSelecting(sleeper));
		sleeper.interrupt();
		Awaitility.await().during(Duration.ofMillis(50)).until(() -> isSelecting(sleeper));
		while (sleeper.isAlive()) {
			this.selector.wakeup();
			sleeper.join(1);
		}
	}

	@Test
	@DisplayName("S58 a wait of no length only polls, and a limited one is never too short")
	void keepsTimeLimits() {
		assertThat(this.selector.select(0)).isZero();
		for (long micros = 1; micros < 10_000; micros *= 7) {
			assertThat(timed(Duration.ofNanos(micros * 1000))).isGreaterThanOrEqualTo(Duration.ofNanos(micros * 1000));
		}
	}

	@Test
	@DisplayName("S89 closing twice does nothing, a wake-up afterwards neither, and no descriptor is left")
	void closesOnce() throws IOException {
		long before = Proc.descriptorsOfChildren();
		for (int i = 0; i < 20; i++) {
			SelectorCandidate<?> other = SelectorCandidate.open(this.name);
			registerAndPoll(other);
			other.selector().close();
			other.close();
			other.selector().wakeup();
		}
		Awaitility.await().until(() -> Proc.descriptorsOfChildren() <= before);
	}

	private static <T> void registerAndPoll(SelectorCandidate<T> other) {
		other.register(other.readEnd, READ);
		other.register(other.writeEnd, WRITE);
		assertThat(other.poll()).containsOnlyKeys(other.writeEnd);
	}

	private Duration timed(Duration limit) {
		long begin = System.nanoTime();
		assertThat(this.selector.select(limit.toNanos())).isZero();
		return Duration.ofNanos(System.nanoTime() - begin);
	}

	private static boolean isSelecting(Thread thread) {
		return Stream.of(thread.getStackTrace())
			.anyMatch((frame) -> frame.getMethodName().matches("(ppoll|poll|epoll_.*wait.*|wait|await)"));
	}

}
