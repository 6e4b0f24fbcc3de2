package io.eventloop.metrics;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.eventloop.SubprocessSpec;
import io.eventloop.Teardown;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import io.eventloop.supervision.Readiness;
import io.eventloop.supervision.RestartPolicy;
import io.eventloop.supervision.SupervisedProcess;
import io.eventloop.supervision.SupervisedProcesses;
import io.eventloop.supervision.SupervisionSettings;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the meters say of a real service.
 */
@Timeout(60)
class SupervisionMetricsTests {

	@RegisterExtension
	private final LoopExtension extension = new LoopExtension(WatcherKind.PIDFD);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private SupervisedProcess process;

	private SupervisionMetrics metrics;

	@AfterEach
	void stop() throws Exception {
		this.process.stop().get(20, TimeUnit.SECONDS);
	}

	private void measure(SupervisionSettings settings) {
		this.process = SupervisedProcess.create(this.extension.loop(), "server", settings.teardown(Teardown.kill()));
		this.metrics = new SupervisionMetrics(SupervisedProcesses.of(List.of(this.process)));
		this.metrics.bindTo(this.registry);
	}

	@Test
	void aServiceHasOneStateAndItsRestartsAndStartsAreCounted() throws Exception {
		measure(SupervisionSettings.of(SubprocessSpec.shell("sleep 0.2; echo up; exec sleep 60"))
			.ready(Readiness.line("up")));
		assertThat(this.registry.getMeters()).isNotEmpty().allSatisfy(EventLoopMetricsTests::isDocumented);
		assertThat(state("stopped")).isOne();
		assertThat(uptime()).isZero();
		assertThat(timer().count()).isZero();
		this.process.start().get(20, TimeUnit.SECONDS);
		assertThat(state("stopped")).isZero();
		assertThat(state("ready")).isOne();
		await().until(() -> uptime() > 0);
		await().until(() -> timer().count() == 1);
		assertThat(timer().totalTime(TimeUnit.MILLISECONDS)).isGreaterThanOrEqualTo(200);
		this.process.restart().get(20, TimeUnit.SECONDS);
		assertThat(this.registry.get(EventLoopMeters.SERVICES_RESTARTS.getName()).functionCounter().count()).isOne();
		await().until(() -> timer().count() == 2);
	}

	@Test
	void aStartBeforeThereIsARegistryIsTimedInEach() throws Exception {
		this.process = SupervisedProcess.create(this.extension.loop(), "server",
				SupervisionSettings.of(SubprocessSpec.exec("sleep", "60")).teardown(Teardown.kill()));
		this.metrics = new SupervisionMetrics(SupervisedProcesses.of(List.of(this.process)));
		this.process.start().get(20, TimeUnit.SECONDS);
		SimpleMeterRegistry other = new SimpleMeterRegistry();
		this.metrics.bindTo(this.registry);
		this.metrics.bindTo(other);
		assertThat(timer().count()).isOne();
		assertThat(timer().totalTime(TimeUnit.NANOSECONDS)).isPositive();
		assertThat(other.get(EventLoopMeters.SERVICES_READY.getName()).timer().count()).isOne();
		this.process.restart().get(20, TimeUnit.SECONDS);
		await().until(() -> timer().count() == 2);
	}

	@Test
	void aStartThatFailsIsNotTimed() {
		measure(SupervisionSettings.of(SubprocessSpec.shell("exit 3"))
			.restart(RestartPolicy.NEVER)
			.ready(Readiness.line("up").within(Duration.ofSeconds(10))));
		this.process.start();
		await().until(() -> state("failed") == 1);
		assertThat(timer().count()).isZero();
		assertThat(uptime()).isZero();
	}

	@Test
	void aBinderThatIsClosedTimesNoMore() throws Exception {
		measure(SupervisionSettings.of(SubprocessSpec.exec("sleep", "60")));
		this.metrics.close();
		this.metrics.close();
		this.process.start().get(20, TimeUnit.SECONDS);
		assertThat(state("ready")).isOne();
		assertThat(timer().count()).isZero();
	}

	private double state(String state) {
		return this.registry.get(EventLoopMeters.SERVICES_STATE.getName()).tag("state", state).gauge().value();
	}

	private double uptime() {
		return this.registry.get(EventLoopMeters.SERVICES_UPTIME.getName()).tag("service", "server").gauge().value();
	}

	private Timer timer() {
		return this.registry.get(EventLoopMeters.SERVICES_READY.getName()).tag("service", "server").timer();
	}

}
