package io.eventloop.supervision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.eventloop.SubprocessSpec;
import io.eventloop.client.test.SteppedEventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What notifications say, and when a watchdog ends a process; on a virtual clock.
 */
@Timeout(20)
class NotificationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final Notification ALIVE = new Notification(false, true, false);

	private final SteppedEventLoop loop = new SteppedEventLoop();

	private final List<String> problems = new ArrayList<>();

	private final WatchdogWatch watch = new WatchdogWatch(this.loop, LIMIT, this.problems::add);

	@AfterEach
	void close() {
		this.loop.close();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "READY=1", "READY=1\n", "READY=1\0", "STATUS=up\nREADY=1\nMAINPID=4711", "X_OTHER\n\nREADY=1" })
	void isReady(String text) {
		assertThat(Notification.parse(text, false)).isEqualTo(new Notification(true, false, false));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\0", "READY=0", "READY=10", "READY=1 ", " READY=1", "ready=1", "STATUS=READY=1",
			"STOPPING=1", "RELOADING=1\nMONOTONIC_USEC=5", "WATCHDOG_USEC=1", "READY=1\0\0" })
	void saysNothingThatMatters(String text) {
		assertThat(Notification.parse(text, false)).isEqualTo(new Notification(false, false, false));
	}

	@Test
	void hasSeveralAssignments() {
		assertThat(Notification.parse("READY=1\nWATCHDOG=1", false)).isEqualTo(new Notification(true, true, false));
		assertThat(Notification.parse("WATCHDOG=trigger", false)).isEqualTo(new Notification(false, false, true));
	}

	@Test
	void anAssignmentThatIsCutOffIsNotCounted() {
		assertThat(Notification.parse("READY=1\nWATCHDOG=1", true)).isEqualTo(new Notification(true, false, false));
		assertThat(Notification.parse("READY=1", true)).isEqualTo(new Notification(false, false, false));
	}

	@Test
	void aWatchdogEndsWhatSaysNothing() {
		this.watch.start();
		this.loop.advance(LIMIT.minusMillis(1));
		this.watch.take(ALIVE);
		this.loop.advance(LIMIT.minusMillis(1));
		assertThat(this.problems).isEmpty();
		this.loop.advance(Duration.ofMillis(1));
		assertThat(this.problems).containsExactly("did not send WATCHDOG=1 within 30000 ms");
	}

	@Test
	void aWatchdogEndsAtOnceWhatIsBroken() {
		this.watch.start();
		this.watch.take(new Notification(false, false, true));
		assertThat(this.problems).containsExactly("has asked to be ended (WATCHDOG=trigger)");
		this.loop.advance(LIMIT);
		assertThat(this.problems).hasSize(1);
	}

	@Test
	void aWatchdogWaitsForTheStartAndNotAfterTheStop() {
		this.watch.take(new Notification(false, false, true));
		this.loop.advance(LIMIT);
		this.watch.start();
		this.watch.stop();
		this.watch.take(ALIVE);
		this.loop.advance(LIMIT);
		assertThat(this.problems).isEmpty();
	}

	@Test
	void theTimeOfAWatchdogIsThatOfAllFailures() {
		assertThat(Liveness.watchdog(Duration.ofSeconds(10), 3).watchdog()).isEqualTo(LIMIT);
		assertThatIllegalArgumentException().isThrownBy(() -> Liveness.watchdog(Duration.ZERO, 3));
		assertThatIllegalArgumentException().isThrownBy(() -> Liveness.watchdog(LIMIT, 0));
	}

	@Test
	void anInheritedServiceManagerIsNotPassedOn() {
		assertThat(Notifications.silence(SubprocessSpec.exec("server")).environmentChanges())
			.containsOnlyKeys("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID")
			.containsEntry("NOTIFY_SOCKET", null);
		assertThat(Notifications.silence(SubprocessSpec.exec("server").addEnvironment("NOTIFY_SOCKET", "/mine"))
			.environmentChanges()).containsEntry("NOTIFY_SOCKET", "/mine");
		assertThat(Notifications.silence(SubprocessSpec.exec("server").environment(Map.of("NOTIFY_SOCKET", "/mine")))
			.environment()).containsEntry("NOTIFY_SOCKET", "/mine");
	}

}
