package io.eventloop.containment;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import io.eventloop.testsupport.Proc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What marks cannot find.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class EscapedOrphanIT {

	@RegisterExtension
	private final LoopExtension extension = new LoopExtension(WatcherKind.PIDFD);

	@BeforeEach
	void setContainment() {
		this.extension.loop()
			.setChildContainment(TreeContainment.builder().mechanism(ContainmentMechanism.MARK).build());
	}

	@Test
	@DisplayName("An orphan alone in its session that has cleared its environment escapes, and is named in a warning")
	void orphanWithoutEnvironmentEscapes(CapturedOutput output) {
		Subprocess child = start("(setsid env -i sh -c 'echo $$; exec sleep 98768' &); sleep 98768");
		long orphan = pid(child);
		try {
			kill(child);
			assertThat(Proc.state(orphan)).isNotIn(Proc.GONE, Proc.ZOMBIE);
			assertThat(output).contains("[%d (sleep)] may have escaped a tree that was killed".formatted(orphan));
		}
		finally {
			ProcessHandle.of(orphan).ifPresent(ProcessHandle::destroyForcibly);
		}
	}

	@Test
	@DisplayName("One that has stayed in its child's group does not, although the child is gone")
	void orphanInTheGroupIsFound(CapturedOutput output) {
		Subprocess child = this.extension.loop()
			.subprocess(SubprocessSpec.shell("env -i sh -c 'echo $$; exec sleep 98768' & sleep 0.2")
				.pipes()
				.processGroup(0))
			.join();
		long orphan = pid(child);
		assertThat(child.onExit().join()).isZero();
		assertThat(child.transport().tree().members()).extracting(ProcessHandle::pid).containsExactly(orphan);
		kill(child);
		assertThat(Proc.state(orphan)).isIn(Proc.GONE, Proc.ZOMBIE);
		assertThat(output).doesNotContain("escaped");
	}

	private Subprocess start(String script) {
		return this.extension.loop().subprocess(SubprocessSpec.shell(script).pipes()).join();
	}

	private static long pid(Subprocess child) {
		return Long.parseLong(new String(child.requireStdout().readLine().join(), StandardCharsets.US_ASCII).strip());
	}

	private static void kill(Subprocess child) {
		child.transport().tree().kill();
		assertThat(child.transport().tree().killed()).succeedsWithin(Duration.ofSeconds(10));
	}

}
