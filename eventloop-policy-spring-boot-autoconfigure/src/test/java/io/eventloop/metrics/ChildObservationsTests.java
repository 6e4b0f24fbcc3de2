package io.eventloop.metrics;

import java.time.Duration;
import java.util.Arrays;

import io.eventloop.ChildExit;
import io.eventloop.ChildListeners;
import io.eventloop.ChildWatcher;
import io.eventloop.ExitStatus;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * The observations of children that no application context counts.
 */
@Timeout(60)
class ChildObservationsTests {

	private final ChildWatcher watcher = mock(ChildWatcher.class);

	private final ChildCounts children = ChildCounts.observe(this.watcher);

	private final ObservedChildren observed = new ObservedChildren();

	private final ObservationRegistry registry = this.observed.registry();

	private final ChildObservations observations = ChildObservations.observe(this.children, this.registry,
			new BoundedNames(2), null);

	@AfterEach
	void close() {
		this.observations.close();
		this.children.close();
	}

	@Test
	void childIsObservedUntilItsExitIsReported() {
		spawned(1, "ffmpeg");
		assertThat(this.observed.started()).hasSize(1);
		assertThat(this.observed.stopped()).isEmpty();
		reaped(1, new ExitStatus.Exited(3));
		assertThat(this.observed.stopped()).singleElement().satisfies((child) -> {
			assertThat(child.getName()).isEqualTo("eventloop.child");
			assertThat(child.getContextualName()).isEqualTo("child ffmpeg");
		});
		assertThat(this.observed.values("name")).containsExactly("ffmpeg");
		assertThat(this.observed.values("outcome")).containsExactly("failed");
		assertThat(this.observed.values("process.pid")).containsExactly("1");
		assertThat(this.observed.values("process.exit.code")).containsExactly("3");
	}

	@Test
	void keysAreTheSameFromBeginningToEnd() {
		spawned(1, "ffmpeg");
		ChildObservationContext child = this.observed.started().get(0);
		assertThat(child.getLowCardinalityKeyValues()).extracting((pair) -> pair.getKey())
			.containsExactlyInAnyOrder(keys(ChildObservationDocumentation.CHILD.getLowCardinalityKeyNames()));
		reaped(1, new ExitStatus.Signaled(9, false));
		assertThat(child.getLowCardinalityKeyValues()).extracting((pair) -> pair.getKey())
			.containsExactlyInAnyOrder(keys(ChildObservationDocumentation.CHILD.getLowCardinalityKeyNames()));
		assertThat(child.getHighCardinalityKeyValues()).extracting((pair) -> pair.getKey())
			.containsExactlyInAnyOrder(keys(ChildObservationDocumentation.CHILD.getHighCardinalityKeyNames()));
	}

	@Test
	void childrenOfOtherWatchersAreNotObserved() {
		ChildListeners.childSpawned(mock(ChildWatcher.class), 1, "true", Duration.ZERO);
		assertThat(this.observed.started()).isEmpty();
	}

	@Test
	void namesBeyondTheFirstAreOther() {
		for (int pid = 1; pid <= 4; pid++) {
			spawned(pid, "script-" + pid);
			reaped(pid, new ExitStatus.Exited(0));
		}
		assertThat(this.observed.values("name")).containsExactly("script-1", "script-2", "other", "other");
		spawned(1, "script-1");
		assertThat(this.observed.started()).last()
			.extracting(ChildObservationContext::getChildName)
			.isEqualTo("script-1");
	}

	@Test
	void currentObservationIsTheParent() {
		Observation request = Observation.start("request", this.registry);
		request.scoped(() -> spawned(1, "true"));
		spawned(2, "true");
		assertThat(this.observed.started()).extracting((child) -> child.getParentObservation())
			.containsExactly(request, null);
	}

	@Test
	void closeEndsWhatIsObserved() {
		spawned(1, "sleep");
		this.observations.close();
		assertThat(this.observed.values("outcome")).containsExactly("none");
		spawned(2, "sleep");
		reaped(1, new ExitStatus.Exited(0));
		assertThat(this.observed.started()).hasSize(1);
		assertThat(this.observed.stopped()).hasSize(1);
	}

	@Test
	void anotherChildOfTheSamePidEndsWhatWasNeverReported() {
		spawned(1, "sleep");
		spawned(1, "true");
		assertThat(this.observed.values("outcome")).containsExactly("none");
		reaped(1, new ExitStatus.Exited(0));
		assertThat(this.observed.values("outcome")).containsExactly("none", "exited");
	}

	private void spawned(long pid, String name) {
		ChildListeners.childSpawned(this.watcher, pid, name, Duration.ofMillis(3));
	}

	private void reaped(long pid, ExitStatus status) {
		ChildListeners.childReaped(this.watcher, new ChildExit(pid, status, null), "true", Duration.ofMillis(20));
	}

	private static String[] keys(KeyName[] names) {
		return Arrays.stream(names).map(KeyName::asString).toArray(String[]::new);
	}

}
