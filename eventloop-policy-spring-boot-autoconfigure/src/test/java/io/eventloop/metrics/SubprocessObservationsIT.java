package io.eventloop.metrics;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.eventloop.client.SubprocessClient;
import io.eventloop.client.SubprocessException;
import io.eventloop.client.SubprocessFailedException;
import io.eventloop.client.SubprocessResult;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The observations of real commands.
 */
@Timeout(60)
class SubprocessObservationsIT {

	@RegisterExtension
	private final LoopExtension extension = new LoopExtension(WatcherKind.THREADED);

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private SubprocessClient client(ObservationRegistry observations, SubprocessObservationConvention convention) {
		return SubprocessClient.builder(this.extension.loop())
			.observer(new SubprocessObservations(observations, new BoundedNames(1), convention, false))
			.build();
	}

	@Test
	void eachRunIsAnObservation() {
		client(this.registry, null).exec("sh", "-c", "exit 0", "an argument").environment("NAME", "a value").run();
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsEqualTo(1)
			.hasSingleObservationThat()
			.hasNameEqualTo("eventloop.subprocess")
			.hasContextualNameEqualTo("sh")
			.hasBeenStarted()
			.hasBeenStopped()
			.hasLowCardinalityKeyValue("command", "sh")
			.hasLowCardinalityKeyValue("outcome", "succeeded")
			.hasHighCardinalityKeyValue("process.executable.name", "sh")
			.hasHighCardinalityKeyValue("process.exit.code", "0")
			.hasHighCardinalityKeyValueWithKey("process.pid")
			.doesNotHaveError()
			.satisfies((context) -> assertThat(context.getAllKeyValues())
				.allSatisfy((value) -> assertThat(value.getValue()).doesNotContain("an argument", "a value")));
	}

	@Test
	void aFailureIsItsError() {
		assertThatExceptionOfType(SubprocessFailedException.class)
			.isThrownBy(() -> client(this.registry, null).shell("exit 3").run());
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasLowCardinalityKeyValue("outcome", "failed")
			.hasHighCardinalityKeyValue("process.exit.code", "3")
			.satisfies((context) -> assertThat(context.getError()).isInstanceOf(SubprocessFailedException.class));
	}

	@Test
	void whatWasNotStartedHasNoProcess() {
		assertThatExceptionOfType(SubprocessException.class)
			.isThrownBy(() -> client(this.registry, null).exec("/nowhere/program").run());
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasLowCardinalityKeyValue("command", "program")
			.hasLowCardinalityKeyValue("outcome", "not-started")
			.doesNotHaveHighCardinalityKeyValueWithKey("process.pid")
			.doesNotHaveHighCardinalityKeyValueWithKey("process.exit.code");
	}

	@Test
	void aCancellationIsNoError() {
		CompletableFuture<SubprocessResult> future = client(this.registry, null).exec("sleep", "60").runAsync();
		future.cancel(true);
		Awaitility.await()
			.untilAsserted(() -> TestObservationRegistryAssert.assertThat(this.registry)
				.hasSingleObservationThat()
				.hasBeenStopped()
				.hasLowCardinalityKeyValue("outcome", "cancelled")
				.doesNotHaveError());
	}

	@Test
	void itIsAChildOfWhatTheCallerObserves() {
		SubprocessClient client = client(this.registry, null);
		Observation parent = Observation.start("request", this.registry);
		parent.scoped(() -> client.exec("true").runAsync()).join();
		parent.stop();
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("eventloop.subprocess")
			.that()
			.hasParentObservationContextSatisfying((context) -> assertThat(context.getName()).isEqualTo("request"));
	}

	@Test
	void aConventionReplacesTheDefault() {
		SubprocessObservationConvention convention = new SubprocessObservationConvention() {

			@Override
			public String getName() {
				return "tools";
			}

			@Override
			public KeyValues getLowCardinalityKeyValues(SubprocessObservationContext context) {
				return KeyValues.of("tool", context.command(), "limited",
						Boolean.toString(!context.request().limits().isEmpty()));
			}

		};
		client(this.registry, convention).exec("true").limit(1).run();
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasNameEqualTo("tools")
			.hasLowCardinalityKeyValue("tool", "true")
			.hasLowCardinalityKeyValue("limited", "true")
			.doesNotHaveLowCardinalityKeyValueWithKey("outcome");
	}

	@Test
	void itsTimersAreAsDocumented() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		SubprocessClient client = client(observations, null);
		CompletableFuture<SubprocessResult> future = client.exec("sleep", "60").runAsync();
		LongTaskTimer active = meters.get(EventLoopMeters.SUBPROCESS_ACTIVE.getName())
			.tag("command", "sleep")
			.longTaskTimer();
		assertThat(active.activeTasks()).isEqualTo(1);
		assertThat(active.getId().getTags()).hasSize(EventLoopMeters.SUBPROCESS_ACTIVE.getKeyNames().length);
		future.cancel(true);
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> active.activeTasks() == 0);
		client.exec("true").run();
		assertThat(meters.get(EventLoopMeters.SUBPROCESS.getName())
			.tags("command", "sleep", "outcome", "cancelled", "error", "none")
			.timer()
			.count()).isEqualTo(1);
		assertThat(meters.get(EventLoopMeters.SUBPROCESS.getName())
			.tags("command", "other", "outcome", "succeeded", "error", "none")
			.timer()
			.count()).isEqualTo(1);
	}

}
