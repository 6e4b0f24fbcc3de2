package io.eventloop.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.eventloop.EventLoop;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What liveness and health say of the main event loop.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class LoopConditionTests {

	private final States states = new States();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withPropertyValues("eventloop.shutdown.grace-period=2s")
		.withBean(States.class, () -> this.states)
		.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class,
				EventLoopHealthContributorAutoConfiguration.class));

	@Test
	@DisplayName("N34 health has a contributor of the name eventLoop, which is up while the loop runs")
	void healthIsUpWhileTheLoopRuns() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasBean("eventLoopHealthIndicator");
			assertThat(context.getBean(EventLoopHealthIndicator.class).health().getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	@DisplayName("N34 management.health.eventloop.enabled=false switches the contributor off")
	void healthCanBeSwitchedOff() {
		this.contextRunner.withPropertyValues("management.health.eventloop.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EventLoopHealthIndicator.class));
	}

	@Test
	void loopThatHangsBreaksLivenessUntilItAnswers(CapturedOutput output) {
		this.contextRunner.withPropertyValues("eventloop.max-lag=200ms").run((context) -> {
			EventLoopHealthIndicator health = context.getBean(EventLoopHealthIndicator.class);
			CountDownLatch end = new CountDownLatch(1);
			context.getBean(EventLoop.class).callSoonThreadsafe(() -> Hanging.until(end));
			await().untilAsserted(() -> assertThat(this.states.seen).containsExactly(LivenessState.BROKEN));
			assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.health().getDetails()).containsKey("lag")
				.containsEntry("reason", "A callback blocks the main event loop, as the log says");
			assertThat(output).contains("The main event loop has not answered for").contains("Hanging.until");
			end.countDown();
			await().untilAsserted(
					() -> assertThat(this.states.seen).containsExactly(LivenessState.BROKEN, LivenessState.CORRECT));
			assertThat(health.health().getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void nothingIsCheckedWhereTheLagIsUnlimited() {
		this.contextRunner.withPropertyValues("eventloop.max-lag=0s").run((context) -> {
			assertThat(context.getBean(EventLoopHealthIndicator.class).health().getDetails()).isEmpty();
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.doesNotContain("eventloop-watch-0");
		});
	}

	@Test
	void loopThatDiesBreaksLiveness() {
		this.contextRunner.run((context) -> {
			context.getBean(EventLoop.class).callSoonThreadsafe(() -> {
				throw new OutOfMemoryError("thrown by a test");
			});
			await().untilAsserted(() -> assertThat(this.states.seen).containsExactly(LivenessState.BROKEN));
			assertThat(context.getBean(EventLoopHealthIndicator.class).health().getStatus()).isEqualTo(Status.DOWN);
			assertThat(context.getBean(EventLoopHealthIndicator.class).health().getDetails()).containsEntry("reason",
					"The main event loop died, as the log says; restart the application");
		});
	}

	@Test
	void loopThatWasStoppedIsDown() {
		this.contextRunner.run((context) -> {
			EventLoop loop = context.getBean(EventLoop.class);
			loop.callSoonThreadsafe(loop::stop);
			await().untilAsserted(() -> assertThat(context.getBean(EventLoopHealthIndicator.class).health().getStatus())
				.isEqualTo(Status.DOWN));
		});
	}

	@Test
	void theWatchEndsWithTheContext() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed());
		await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.doesNotContain("eventloop-watch-0"));
	}

	static class States implements ApplicationListener<AvailabilityChangeEvent<LivenessState>> {

		private final List<LivenessState> seen = new CopyOnWriteArrayList<>();

		@Override
		public void onApplicationEvent(AvailabilityChangeEvent<LivenessState> event) {
			this.seen.add(event.getState());
		}

	}

}
