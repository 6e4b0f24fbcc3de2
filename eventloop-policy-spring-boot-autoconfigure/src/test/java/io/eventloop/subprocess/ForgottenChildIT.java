package io.eventloop.subprocess;

import java.time.Duration;
import java.util.Set;

import io.eventloop.ReadTransport;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.testsupport.Leftovers;
import io.eventloop.testsupport.Proc;
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
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
@ExtendWith(OutputCaptureExtension.class)
class ForgottenChildIT {

	@RegisterExtension
	private final LoopExtension extension;

	ForgottenChildIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	@Test
	@DisplayName("S225 a dead child that is forgotten with its output unread is reported, and its pipes closed")
	void reportsAndClosesForgottenPipes(CapturedOutput output) throws Exception {
		forgetAChildWithUnreadOutput();
		Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			System.gc();
			assertThat(pipes()).isSubsetOf(this.extension.before().descriptors());
		});
		assertThat(output).contains("was never closed");
	}

	@Test
	@DisplayName("S225 a child that runs is not forgotten: its end is seen, though nothing refers to it")
	void runningChildIsNotForgotten() throws Exception {
		long pid = this.extension.start(SubprocessSpec.exec("sleep", "60")).pid();
		System.gc();
		assertThat(this.extension.loop().subprocessTransports()).extracting((child) -> child.pid())
			.containsExactly(pid);
		this.extension.loop().subprocessTransports().forEach((child) -> child.kill());
		Awaitility.await().until(() -> this.extension.loop().subprocessTransports().isEmpty());
	}

	private void forgetAChildWithUnreadOutput() throws Exception {
		Subprocess child = this.extension
			.start(SubprocessSpec.exec("head", "-c", "300000", "/dev/zero").limit(1000).pipes());
		Awaitility.await()
			.until(() -> this.extension.call(() -> !((ReadTransport) child.transport().pipeTransport(1)).isReading()));
		child.kill();
		child.onExit().join();
	}

	private static Set<String> pipes() {
		Set<String> descriptors = Leftovers.pipesAndTheLike(Proc.descriptors().values());
		descriptors.removeIf((name) -> !name.startsWith("pipe:"));
		return descriptors;
	}

}
