package io.eventloop.metrics;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.eventloop.ExitStatus;
import io.eventloop.ResourceUsage;
import io.eventloop.client.ConcurrencyLimit;
import io.eventloop.client.RunOutcome;
import io.eventloop.client.RunReport;
import io.eventloop.client.RunRequest;
import io.eventloop.client.RunningSubprocess;
import io.eventloop.client.SubprocessClient;
import io.eventloop.client.SubprocessCommand;
import io.eventloop.client.SubprocessRejectedException;
import io.eventloop.client.SubprocessResult;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The meters of real commands.
 */
@Timeout(60)
class SubprocessMetricsIT {

	@RegisterExtension
	private final LoopExtension extension = new LoopExtension(WatcherKind.THREADED);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ConcurrencyLimit limit = ConcurrencyLimit.of("one", 1, 1);

	private SubprocessMetrics metrics;

	private SubprocessClient client;

	@BeforeEach
	void createClient() {
		this.metrics = new SubprocessMetrics(new BoundedNames(2), List.of(this.limit, ConcurrencyLimit.of(7)));
		this.metrics.bindTo(this.registry);
		this.client = SubprocessClient.builder(this.extension.loop()).observer(this.metrics).build();
	}

	@Test
	void bytesAreMeasured() {
		this.client.exec("cat").input("four").run();
		this.client.exec("cat").input("sixteen bytes in").run();
		this.client.exec("cat").discardOutput().errorsToOutput().run();
		assertThat(summary(EventLoopMeters.SUBPROCESS_INPUT).count()).isEqualTo(2);
		assertThat(summary(EventLoopMeters.SUBPROCESS_INPUT).totalAmount()).isEqualTo(20);
		assertThat(summary(EventLoopMeters.SUBPROCESS_OUTPUT).count()).isEqualTo(2);
		assertThat(summary(EventLoopMeters.SUBPROCESS_OUTPUT).totalAmount()).isEqualTo(20);
	}

	@Test
	void processorTimeIsMeasured() {
		this.client.shell("i=0; while [ $i -lt 200000 ]; do i=$((i + 1)); done").name("busy").run();
		double seconds = this.registry.get(EventLoopMeters.SUBPROCESS_CPU.getName())
			.tag("command", "busy")
			.tag("mode", "user")
			.counter()
			.count();
		assertThat(seconds).isPositive();
	}

	@Test
	void memoryIsMeasuredWhereItIsKnown() {
		ResourceUsage usage = new ResourceUsage(Duration.ZERO, Duration.ZERO, OptionalLong.of(1 << 30));
		this.metrics.begin(new RunRequest("huge", "huge", List.of()))
			.ended(new RunReport(RunOutcome.SUCCEEDED, null, OptionalLong.of(1), new ExitStatus.Exited(0),
					Duration.ZERO, Duration.ZERO, OptionalLong.empty(), OptionalLong.empty(), usage));
		assertThat(this.registry.get(EventLoopMeters.SUBPROCESS_MEMORY.getName()).summary().max()).isEqualTo(1 << 30);
	}

	@Test
	void limitsAndTheirQueuesAreMeasured() {
		assertThat(gauge(EventLoopMeters.SUBPROCESS_LIMIT)).isEqualTo(1);
		assertThat(gauge(EventLoopMeters.SUBPROCESS_LIMIT_RUNNING)).isZero();
		SubprocessCommand cat = this.client.exec("cat").limit(this.limit);
		try (RunningSubprocess first = cat.start().join()) {
			CompletableFuture<SubprocessResult> second = cat.runAsync();
			Awaitility.await().until(() -> gauge(EventLoopMeters.SUBPROCESS_LIMIT_QUEUED) == 1);
			assertThat(gauge(EventLoopMeters.SUBPROCESS_LIMIT_RUNNING)).isEqualTo(1);
			assertThatExceptionOfType(SubprocessRejectedException.class).isThrownBy(cat::run);
			first.stdin().close();
			assertThat(second).succeedsWithin(Duration.ofSeconds(20));
		}
		assertThat(gauge(EventLoopMeters.SUBPROCESS_LIMIT_QUEUED)).isZero();
		assertThat(this.registry.get(EventLoopMeters.SUBPROCESS_LIMIT_REJECTED.getName()).functionCounter().count())
			.isEqualTo(1);
		Timer wait = this.registry.get(EventLoopMeters.SUBPROCESS_WAIT.getName()).tag("command", "cat").timer();
		assertThat(wait.count()).isEqualTo(3);
		assertThat(wait.totalTime(wait.baseTimeUnit())).isPositive();
	}

	@Test
	void aLimitIsMeasuredFromItsFirstRun() {
		this.client.exec("true").limit(ConcurrencyLimit.of("late", 3, 0)).limit(4).run();
		assertThat(this.registry.get(EventLoopMeters.SUBPROCESS_LIMIT.getName()).tag("limit", "late").gauge().value())
			.isEqualTo(3);
		assertThat(this.registry.get(EventLoopMeters.SUBPROCESS_LIMIT.getName()).gauges()).hasSize(2);
	}

	@Test
	void namesAreBounded() {
		// One of the two names is the limit's
		for (String name : List.of("first", "second", "third")) {
			this.client.exec("true").name(name).run();
		}
		assertThat(this.registry.get(EventLoopMeters.SUBPROCESS_OUTPUT.getName()).summaries())
			.extracting((summary) -> summary.getId().getTag("command"))
			.containsExactlyInAnyOrder("first", "other");
	}

	@Test
	void metersAreAsDocumented() {
		limitsAndTheirQueuesAreMeasured();
		this.client.exec("cat").input("four").run();
		memoryIsMeasuredWhereItIsKnown();
		List<String> byObservation = List.of(EventLoopMeters.SUBPROCESS.getName(),
				EventLoopMeters.SUBPROCESS_ACTIVE.getName());
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.containsAll(Stream.of(EventLoopMeters.values())
				.map(EventLoopMeters::getName)
				.filter((name) -> name.startsWith("eventloop.subprocess") && !byObservation.contains(name))
				.toList());
		assertThat(this.registry.getMeters()).isNotEmpty()
			.extracting(Meter::getId)
			.allSatisfy((id) -> assertThat(EventLoopMeters.values())
				.filteredOn((meter) -> meter.getName().equals(id.getName()))
				.singleElement()
				.satisfies((meter) -> {
					assertThat(id.getDescription()).isEqualTo(meter.getDescription());
					assertThat(id.getBaseUnit()).isEqualTo(meter.getBaseUnit());
					assertThat(id.getTags()).extracting((tag) -> tag.getKey())
						.containsExactlyInAnyOrderElementsOf(
								List.of(meter.getKeyNames()).stream().map((key) -> key.asString()).toList());
				}));
	}

	private double gauge(EventLoopMeters meter) {
		return this.registry.get(meter.getName()).tag("limit", "one").gauge().value();
	}

	private DistributionSummary summary(EventLoopMeters meter) {
		return this.registry.get(meter.getName()).tag("command", "cat").summary();
	}

}
