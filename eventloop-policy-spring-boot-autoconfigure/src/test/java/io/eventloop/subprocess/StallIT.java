package io.eventloop.subprocess;

import java.time.Duration;

import io.eventloop.EventLoop;
import io.eventloop.ReadTransport;
import io.eventloop.SubprocessConnection;
import io.eventloop.SubprocessSpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
@ParameterizedClass
@EnumSource
@ExtendWith(OutputCaptureExtension.class)
class StallIT {

	private static final String REPORT = "has not been read for";

	@RegisterExtension
	private final LoopExtension extension;

	StallIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	private SubprocessConnection<StreamsProtocol> writer(Duration patience) {
		EventLoop loop = this.extension.loop();
		return loop
			.subprocessExec(() -> new StreamsProtocol(loop, 1000, patience),
					SubprocessSpec.exec("head", "-c", "300000", "/dev/zero").pipes())
			.join();
	}

	@Test
	@DisplayName("S234 a child whose output is not read, while its end is waited for, is reported once")
	void reportsAFullPipe(CapturedOutput output) {
		SubprocessConnection<StreamsProtocol> child = writer(Duration.ofMillis(50));
		assertThat(child.transport().onExit()).isNotDone();
		Awaitility.await().until(() -> output.getOut().contains(REPORT));
		assertThat(output).contains("process %d (head)".formatted(child.transport().pid()))
			.contains("communicate()")
			.doesNotContain("300000");
		assertThat(child.protocol().stdout().read().join()).hasSize(300_000);
		assertThat(child.transport().onDrained().join()).isZero();
		assertThat(output).containsOnlyOnce(REPORT);
	}

	@Test
	@DisplayName("S234 a full pipe is not reported while the end of the child is not waited for")
	void nobodyWaits(CapturedOutput output) throws Exception {
		SubprocessConnection<StreamsProtocol> child = writer(Duration.ofMillis(20));
		ReadTransport pipe = (ReadTransport) this.extension.call(() -> child.transport().pipeTransport(1));
		Awaitility.await().until(() -> !this.extension.call(pipe::isReading));
		Awaitility.await().during(Duration.ofMillis(200)).until(() -> !output.getOut().contains(REPORT));
		child.transport().onDrained();
		Awaitility.await().until(() -> output.getOut().contains(REPORT));
		child.transport().close();
		child.transport().onDrained().join();
	}

	@Test
	@DisplayName("S234 a stream that is read in time is not reported")
	void readInTime(CapturedOutput output) {
		SubprocessConnection<StreamsProtocol> child = writer(Duration.ofSeconds(30));
		assertThat(child.protocol().stdout().read().join()).hasSize(300_000);
		assertThat(child.transport().onDrained().join()).isZero();
		assertThat(output).doesNotContain(REPORT);
	}

}
