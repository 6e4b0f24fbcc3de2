package io.eventloop.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.eventloop.ChildExit;
import io.eventloop.ChildListeners;
import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.ExitStatus;
import io.eventloop.LoopContext;
import io.eventloop.ResourceUsage;
import io.eventloop.policy.DefaultEventLoopPolicy;
import io.eventloop.watcher.OrphanReaper;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * The meters of a policy that no application context has made.
 */
@Timeout(60)
class EventLoopMetricsTests {

	private final DefaultEventLoopPolicy policy = new DefaultEventLoopPolicy();

	private final EventLoop loop = this.policy.newEventLoop();

	private final ChildWatcher watcher = mock(ChildWatcher.class);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private ChildCounts children;

	private EventLoopMetrics metrics;

	@BeforeEach
	void bind() {
		given(this.watcher.name()).willReturn("threaded");
		this.children = ChildCounts.observe(this.watcher);
		this.metrics = new EventLoopMetrics(this.policy, this.children, OrphanReaper.off(), this.loop, 100,
				new BoundedNames(1));
		this.metrics.bindTo(this.registry);
	}

	@AfterEach
	void close() {
		this.metrics.close();
		this.children.close();
		this.loop.close();
	}

	@Test
	@DisplayName("N28 every meter is documented, and has a description, a base unit and no tags but the documented")
	void everyMeterIsDocumented() {
		spawned(1);
		reaped(1, new ExitStatus.Exited(0));
		runInContext("eventloop-test-0", () -> {
			assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
				.containsOnly(ownNames())
				.contains(ownNames());
			assertThat(this.registry.getMeters()).allSatisfy(EventLoopMetricsTests::isDocumented);
		});
	}

	/**
	 * Return the names of all meters but those of commands and services, which others
	 * register.
	 */
	private static String[] ownNames() {
		return Stream.of(names())
			.filter((name) -> !name.matches("eventloop\\.(subprocess|services).*"))
			.toArray(String[]::new);
	}

	@Test
	@DisplayName("N28 names are lower case with dots")
	void namesAreLowerCaseWithDots() {
		assertThat(names()).allMatch((name) -> name.matches("eventloop(\\.[a-z]+)+"));
	}

	@Test
	@DisplayName("N29 Prometheus can scrape all meters, under the expected names")
	void prometheusCanScrape() {
		PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		this.metrics.bindTo(prometheus);
		runInContext("eventloop-test-0", () -> {
			String scrape = prometheus.scrape();
			assertThat(scrape)
				.contains("eventloop_loops{context=\"eventloop-test-0\",policy=\"DefaultEventLoopPolicy\"}")
				.contains("eventloop_loops_created_loops_total")
				.contains("eventloop_callbacks_total")
				.contains("eventloop_lag_seconds_count")
				.contains("eventloop_children_active{watcher=\"threaded\"} 0.0")
				.contains("eventloop_children_spawned_total{watcher=\"threaded\"} 0.0")
				.contains("eventloop_children_cpu_seconds_total{mode=\"user\"} 0.0")
				.contains("eventloop_orphans_reaped_total 0.0");
			assertThat(scrape.lines().filter((line) -> line.startsWith("eventloop_children_reaped_total{")))
				.hasSize(ChildOutcome.values().length);
			assertThat(scrape.lines().filter((line) -> !line.startsWith("#")).map((line) -> line.split(" ")[0]))
				.doesNotHaveDuplicates();
		});
	}

	@Test
	@DisplayName("N31 the series of a loop goes when the loop closes")
	void seriesGoesWhenTheLoopCloses() throws InterruptedException {
		EventLoop other = this.policy.newEventLoop();
		AtomicReference<Boolean> seen = new AtomicReference<>();
		Thread thread = new Thread(() -> {
			this.policy.setEventLoop(other);
			this.metrics.bindTo(new SimpleMeterRegistry());
			seen.set(this.registry.find(EventLoopMeters.LOOPS.getName()).tag("context", "other-0").gauge() != null);
			other.close();
			seen.set(seen.get()
					&& this.registry.find(EventLoopMeters.LOOPS.getName()).tag("context", "other-0").gauge() == null);
		}, "other-0");
		thread.start();
		thread.join();
		assertThat(seen).hasValue(true);
	}

	@Test
	@DisplayName("N28 only the first contexts have a series of their own, all others share one, and names are not given to others")
	void contextsAreBounded() {
		SimpleMeterRegistry bounded = new SimpleMeterRegistry();
		List<LoopContext> contexts = new ArrayList<>();
		EventLoopPolicy many = mock(EventLoopPolicy.class);
		given(many.contexts()).willAnswer((call) -> List.copyOf(contexts));
		LoopGauges gauges = new LoopGauges(many, 2);
		gauges.bindTo(bounded);
		for (String name : List.of("a", "b", "c", "d")) {
			contexts.add(new LoopContext(name, this.loop));
			gauges.refresh();
		}
		assertThat(loops(bounded)).isEqualTo(Map.of("a", 1.0, "b", 1.0, "other", 2.0));
		contexts.remove(0);
		contexts.add(new LoopContext("e", this.loop));
		gauges.refresh();
		assertThat(loops(bounded)).isEqualTo(Map.of("b", 1.0, "other", 3.0));
		contexts.add(new LoopContext("a", this.loop));
		gauges.refresh();
		assertThat(loops(bounded)).isEqualTo(Map.of("a", 1.0, "b", 1.0, "other", 3.0));
	}

	private static Map<String, Double> loops(SimpleMeterRegistry registry) {
		return registry.find(EventLoopMeters.LOOPS.getName())
			.gauges()
			.stream()
			.collect(Collectors.toMap((gauge) -> gauge.getId().getTag("context"), Gauge::value));
	}

	@Test
	@DisplayName("S103 slow callbacks are counted, and still when their loop has closed")
	void slowCallbacksAreCounted() {
		this.loop.setSlowCallbackDuration(Duration.ZERO);
		runInContext("eventloop-test-0", () -> await().until(() -> slow() > 0));
		double before = slow();
		this.loop.close();
		assertThat(slow()).isGreaterThanOrEqualTo(before).isEqualTo(slow());
	}

	private double slow() {
		return this.registry.get(EventLoopMeters.CALLBACKS_SLOW.getName()).functionCounter().count();
	}

	@Test
	@DisplayName("N31 callbacks of closed loops still count")
	void callbacksNeverFall() {
		runInContext("eventloop-test-0", () -> await()
			.until(() -> this.registry.get(EventLoopMeters.CALLBACKS.getName()).functionCounter().count() > 0));
		double before = this.registry.get(EventLoopMeters.CALLBACKS.getName()).functionCounter().count();
		this.loop.close();
		assertThat(this.registry.get(EventLoopMeters.CALLBACKS.getName()).functionCounter().count())
			.isGreaterThanOrEqualTo(before);
	}

	@Test
	@DisplayName("N32 before the loop runs and after it has closed all meters can be read")
	void allMetersCanBeReadAnyTime() {
		readAll();
		this.loop.close();
		this.metrics.close();
		readAll();
	}

	@Test
	void loopsAreCounted() {
		EventLoop another = this.policy.newEventLoop();
		assertThat(this.registry.get(EventLoopMeters.LOOPS_CREATED.getName()).functionCounter().count()).isEqualTo(2);
		assertThat(this.registry.get(EventLoopMeters.LOOPS_CLOSED.getName()).functionCounter().count()).isZero();
		another.close();
		assertThat(this.registry.get(EventLoopMeters.LOOPS_CLOSED.getName()).functionCounter().count()).isOne();
	}

	@Test
	void nothingIsPendingOnAnIdleLoop() {
		runInContext("eventloop-test-0",
				() -> await().untilAsserted(
						() -> assertThat(this.registry.get(EventLoopMeters.CALLBACKS_PENDING.getName()).gauge().value())
							.isZero()));
	}

	@Test
	void lagIsSampledEverySecond() {
		runInContext("eventloop-test-0",
				() -> await().until(() -> this.registry.get(EventLoopMeters.LAG.getName()).timer().count() >= 2));
		assertThat(this.registry.get(EventLoopMeters.LAG.getName()).timer().max(TimeUnit.SECONDS)).isLessThan(1);
	}

	@Test
	void childrenAreCountedAndTimed() {
		spawned(1);
		spawned(2);
		spawned(3);
		spawned(4);
		spawned(5);
		reaped(1, new ExitStatus.Exited(0));
		reaped(2, new ExitStatus.Exited(3));
		reaped(3, new ExitStatus.Signaled(9, false));
		reaped(4, new ExitStatus.Lost("test"));
		assertThat(counter(EventLoopMeters.CHILDREN_SPAWNED, "watcher", "threaded")).isEqualTo(5);
		assertThat(this.registry.get(EventLoopMeters.CHILDREN_ACTIVE.getName()).gauge().value()).isOne();
		for (ChildOutcome outcome : ChildOutcome.values()) {
			assertThat(counter(EventLoopMeters.CHILDREN_REAPED, "outcome", outcome.tag())).isOne();
		}
		assertThat(this.registry.get(EventLoopMeters.CHILDREN_SPAWN.getName()).timer().count()).isEqualTo(5);
		assertThat(this.registry.get(EventLoopMeters.CHILDREN_DURATION.getName()).timer().count()).isEqualTo(4);
		assertThat(counter(EventLoopMeters.CHILDREN_CPU, "mode", "user")).isEqualTo(1.0);
		assertThat(counter(EventLoopMeters.CHILDREN_CPU, "mode", "system")).isEqualTo(2.0);
	}

	@Test
	@DisplayName("N28 children are timed by their names, and only the first names have a series of their own")
	void namesOfChildrenAreBounded() {
		for (String name : List.of("a", "b", "c", "a")) {
			ChildListeners.childSpawned(this.watcher, 1, name, Duration.ofMillis(3));
			ChildListeners.childReaped(this.watcher, new ChildExit(1, new ExitStatus.Exited(0), null), name,
					Duration.ofMillis(20));
		}
		for (EventLoopMeters meter : List.of(EventLoopMeters.CHILDREN_SPAWN, EventLoopMeters.CHILDREN_DURATION)) {
			assertThat(this.registry.get(meter.getName()).tag("name", "a").timer().count()).isEqualTo(2);
			assertThat(this.registry.get(meter.getName()).tag("name", "other").timer().count()).isEqualTo(2);
			assertThat(this.registry.get(meter.getName()).timers()).hasSize(2);
		}
	}

	@Test
	void childrenOfOtherWatchersAreNotCounted() {
		ChildListeners.childSpawned(mock(ChildWatcher.class), 1, "true", Duration.ZERO);
		assertThat(counter(EventLoopMeters.CHILDREN_SPAWNED, "watcher", "threaded")).isZero();
		assertThat(this.registry.find(EventLoopMeters.CHILDREN_SPAWN.getName()).timer()).isNull();
	}

	@Test
	void afterCloseNothingIsMeasured() {
		this.metrics.close();
		this.children.close();
		spawned(1);
		assertThat(counter(EventLoopMeters.CHILDREN_SPAWNED, "watcher", "threaded")).isZero();
		assertThat(this.registry.find(EventLoopMeters.CHILDREN_SPAWN.getName()).timer()).isNull();
	}

	static void isDocumented(Meter meter) {
		EventLoopMeters documented = Arrays.stream(EventLoopMeters.values())
			.filter((candidate) -> candidate.getName().equals(meter.getId().getName()))
			.findFirst()
			.orElseThrow();
		assertThat(meter.getId().getType()).isEqualTo(documented.getType());
		assertThat(meter.getId().getBaseUnit()).as(documented.getName()).isEqualTo(documented.getBaseUnit());
		assertThat(meter.getId().getDescription()).isEqualTo(documented.getDescription());
		assertThat(meter.getId().getTags()).extracting((tag) -> tag.getKey())
			.containsExactlyInAnyOrder(
					Arrays.stream(documented.getKeyNames()).map(KeyName::asString).toArray(String[]::new));
	}

	private static String[] names() {
		return Arrays.stream(EventLoopMeters.values()).map(EventLoopMeters::getName).toArray(String[]::new);
	}

	private void readAll() {
		assertThat(this.registry.getMeters()).isNotEmpty()
			.allSatisfy((meter) -> assertThat(meter.measure()).isNotEmpty()
				.allSatisfy((measurement) -> assertThat(measurement.getValue()).isNotNaN()));
	}

	private double counter(EventLoopMeters meter, String tag, String value) {
		return this.registry.get(meter.getName()).tag(tag, value).functionCounter().count();
	}

	private void spawned(long pid) {
		ChildListeners.childSpawned(this.watcher, pid, "true", Duration.ofMillis(3));
	}

	private void reaped(long pid, ExitStatus status) {
		ResourceUsage usage = new ResourceUsage(Duration.ofMillis(250), Duration.ofMillis(500), OptionalLong.empty());
		ChildListeners.childReaped(this.watcher, new ChildExit(pid, status, usage), "true", Duration.ofMillis(20));
	}

	/**
	 * Run the loop in a thread of its own while something is checked.
	 */
	private void runInContext(String name, Runnable check) {
		Thread thread = new Thread(() -> {
			this.policy.setEventLoop(this.loop);
			this.loop.runForever();
		}, name);
		thread.start();
		try {
			await().until(() -> this.registry.find(EventLoopMeters.LOOPS.getName()).gauge() != null);
			check.run();
		}
		finally {
			this.loop.callSoonThreadsafe(this.loop::stop);
			await().until(() -> !thread.isAlive());
		}
	}

}
