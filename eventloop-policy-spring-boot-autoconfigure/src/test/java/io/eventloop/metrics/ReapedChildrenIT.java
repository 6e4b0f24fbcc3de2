package io.eventloop.metrics;

import java.util.List;
import java.util.stream.IntStream;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.autoconfigure.EventLoopAutoConfiguration;
import io.eventloop.autoconfigure.EventLoopMetricsAutoConfiguration;
import io.eventloop.testsupport.RequireIoUring;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The meters of real children.
 */
@Timeout(120)
class ReapedChildrenIT {

	private static final int CHILDREN = 100;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class,
				EventLoopMetricsAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

	@ParameterizedTest
	@ValueSource(strings = { "threaded", "pidfd", "io-uring", "multi-loop", "safe", "fast" })
	@DisplayName("N30 as many children are reaped as were started")
	void asManyAreReapedAsWereStarted(String watcher) {
		RequireIoUring.forWatcher(watcher);
		this.contextRunner.withPropertyValues("eventloop.watcher=" + watcher).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			EventLoop loop = context.getBean(EventLoop.class);
			List<LoopFuture<Subprocess>> children = IntStream.range(0, CHILDREN)
				.mapToObj((i) -> loop.subprocess(SubprocessSpec.exec("true")))
				.toList();
			children.forEach((child) -> assertThat(child.join().onExit().join()).isZero());
			assertThat(registry.get(EventLoopMeters.CHILDREN_SPAWNED.getName()).functionCounter().count())
				.isEqualTo(CHILDREN);
			await().untilAsserted(() -> assertThat(reaped(registry, ChildOutcome.EXITED)).isEqualTo(CHILDREN));
			assertThat(registry.get(EventLoopMeters.CHILDREN_ACTIVE.getName()).gauge().value()).isZero();
			assertThat(registry.get(EventLoopMeters.CHILDREN_DURATION.getName()).timer().count()).isEqualTo(CHILDREN);
			assertThat(registry.get(EventLoopMeters.CHILDREN_CPU.getName()).functionCounters())
				.anySatisfy((counter) -> assertThat(counter.count()).isPositive());
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "threaded", "pidfd", "io-uring", "multi-loop", "safe", "fast" })
	@DisplayName("N30 each outcome is counted as what it is")
	void eachOutcomeIsCounted(String watcher) {
		RequireIoUring.forWatcher(watcher);
		this.contextRunner.withPropertyValues("eventloop.watcher=" + watcher).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			EventLoop loop = context.getBean(EventLoop.class);
			loop.subprocess(SubprocessSpec.exec("false")).join().onExit().join();
			Subprocess sleeper = loop.subprocess(SubprocessSpec.exec("sleep", "600")).join();
			assertThat(registry.get(EventLoopMeters.CHILDREN_ACTIVE.getName()).gauge().value()).isOne();
			sleeper.kill();
			sleeper.onExit().join();
			await().untilAsserted(() -> {
				assertThat(reaped(registry, ChildOutcome.FAILED)).isOne();
				assertThat(reaped(registry, ChildOutcome.SIGNALED)).isOne();
				assertThat(reaped(registry, ChildOutcome.EXITED)).isZero();
			});
		});
	}

	private static double reaped(MeterRegistry registry, ChildOutcome outcome) {
		return registry.get(EventLoopMeters.CHILDREN_REAPED.getName())
			.tag("outcome", outcome.tag())
			.functionCounter()
			.count();
	}

}
