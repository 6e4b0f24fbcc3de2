package io.eventloop.watcher;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import io.eventloop.ExitStatus;
import io.eventloop.testsupport.Proc;
import io.eventloop.watcher.RecordedExits.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes that are no children of this one, with {@code pidfd}.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class NotOurChildIT {

	private final WatcherLeftovers before = WatcherLeftovers.now();

	private final LoopThread main = new LoopThread("main-loop");

	private final RecordedExits exits = new RecordedExits();

	private final PidfdChildWatcher watcher = new PidfdChildWatcher();

	private Process parent;

	private long notOurChild;

	@BeforeEach
	void startAGrandchild() throws Exception {
		this.parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; wait").start();
		this.notOurChild = Long
			.parseLong(new BufferedReader(new InputStreamReader(this.parent.getInputStream(), StandardCharsets.UTF_8))
				.readLine());
		this.main.run(() -> this.watcher.addChildHandler(this.notOurChild, this.exits));
	}

	@AfterEach
	void nothingIsLeftBehind() throws Exception {
		ProcessHandle.of(this.notOurChild).ifPresent(ProcessHandle::destroyForcibly);
		this.parent.waitFor();
		this.watcher.close();
		this.main.close();
		this.before.assertNothingMore();
	}

	@Test
	@DisplayName("S193 the end of a process that is no child is reported when it comes, and why it has no status")
	void endIsReportedWhenItComes(CapturedOutput output) throws Exception {
		this.main.run(() -> {
		});
		assertThat(this.exits.isEmpty()).isTrue();
		ProcessHandle.of(this.notOurChild).ifPresent(ProcessHandle::destroyForcibly);
		Report report = this.exits.next();
		assertThat(report.pid()).isEqualTo(this.notOurChild);
		assertThat(report.exit().status()).isEqualTo(
				new ExitStatus.Lost("it was not a child of this process, and only its parent gets its exit status"));
		assertThat(report.loop()).isSameAs(this.main.loop());
		assertThat(this.parent.waitFor()).as("the parent's own waiting").isZero();
		assertThat(output).doesNotContain("Lost the exit status");
	}

	@Test
	@DisplayName("S152 S153 its handler can be replaced and removed too")
	void handlerCanBeReplacedAndRemoved() {
		RecordedExits others = new RecordedExits();
		this.main.run(() -> this.watcher.addChildHandler(this.notOurChild, others));
		assertThat(Proc.pidfds()).isEqualTo(this.before.pidfds() + 1);
		this.main.run(() -> assertThat(this.watcher.removeChildHandler(this.notOurChild)).isTrue());
		assertThat(Proc.pidfds()).isEqualTo(this.before.pidfds());
		this.main.run(() -> this.watcher.addChildHandler(this.notOurChild, others));
		ProcessHandle.of(this.notOurChild).ifPresent(ProcessHandle::destroyForcibly);
		assertThat(others.next().exit().status()).isInstanceOf(ExitStatus.Lost.class);
		assertThat(this.exits.isEmpty()).isTrue();
	}

}
