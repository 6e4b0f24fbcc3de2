package io.eventloop.client;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs in a real recording.
 */
@Timeout(120)
class FlightRecorderIT {

	private static final String EVENT = "eventloop.SubprocessRun";

	@RegisterExtension
	private final LoopExtension extension = new LoopExtension(WatcherKind.THREADED);

	@TempDir
	private Path folder;

	private SubprocessClient client;

	@BeforeEach
	void createClient() {
		this.client = SubprocessClient.create(this.extension.loop());
	}

	@Test
	void aRecordingHasEachRun() throws IOException {
		try (Recording recording = new Recording()) {
			recording.enable(EVENT).withThreshold(Duration.ZERO);
			recording.start();
			this.client.exec("cat").input("four").run();
			assertThatExceptionOfType(SubprocessFailedException.class)
				.isThrownBy(() -> this.client.shell("echo secret; exit 3").name("named").run());
			assertThatExceptionOfType(SubprocessException.class).isThrownBy(() -> this.client.exec("/nowhere/x").run());
			recording.stop();
			List<RecordedEvent> events = events(recording);
			assertThat(events).extracting((event) -> event.getString("command")).containsExactly("cat", "named", "x");
			assertThat(events).extracting((event) -> event.getString("program"))
				.containsExactly("cat", "/bin/sh", "/nowhere/x");
			assertThat(events).extracting((event) -> event.getString("outcome"))
				.containsExactly("succeeded", "failed", "not-started");
			assertThat(events).extracting((event) -> event.getInt("returnCode")).containsExactly(0, 3, -1000);
			assertThat(events).extracting((event) -> event.getLong("pid") > 0).containsExactly(true, true, false);
			assertThat(events).extracting((event) -> event.getLong("inputBytes")).containsExactly(4L, 0L, 0L);
			assertThat(events).extracting((event) -> event.getLong("outputBytes")).containsExactly(4L, 7L, 0L);
			assertThat(events).allSatisfy((event) -> {
				assertThat(event.getDuration()).isPositive().isGreaterThanOrEqualTo(event.getDuration("waited"));
				assertThat(event.toString()).doesNotContain("secret");
			});
		}
	}

	@Test
	void aRecordingWithoutTheEventHasNone() throws IOException {
		try (Recording recording = new Recording()) {
			recording.disable(EVENT);
			recording.start();
			SubprocessObserver observer = FlightRecorderObserver.ifPresent().get(0);
			assertThat(observer.begin(new RunRequest("true", "true", List.of()))).as("told of what is not recorded")
				.isNull();
			this.client.exec("true").run();
			recording.stop();
			assertThat(events(recording)).isEmpty();
		}
	}

	private List<RecordedEvent> events(Recording recording) throws IOException {
		Path file = this.folder.resolve("recording.jfr");
		recording.dump(file);
		return RecordingFile.readAllEvents(file)
			.stream()
			.filter((event) -> event.getEventType().getName().equals(EVENT))
			.toList();
	}

}
