package io.eventloop.containment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.eventloop.EventLoop;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.autoconfigure.EventLoopAutoConfiguration;
import io.eventloop.testsupport.Proc;
import io.eventloop.testsupport.ProcessStat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Orphans of trees that were killed, and that this process adopts afterwards.
 */
@Timeout(60)
class EndedOrphanIT {

	private final ApplicationContextRunner subreaper = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class))
		.withPropertyValues("eventloop.reap-orphans=subreaper", "eventloop.containment=mark");

	@Test
	@DisplayName("An orphan with the mark of a tree that was killed is killed and reaped; one of a tree that was not is left")
	void orphanOfAKilledTreeIsKilled() {
		this.subreaper.run((context) -> {
			EventLoop loop = context.getBean(EventLoop.class);
			Subprocess killed = loop.subprocess(SubprocessSpec.exec("sleep", "98765")).join();
			Subprocess running = loop.subprocess(SubprocessSpec.exec("sleep", "98764")).join();
			killed.transport().tree().kill();
			assertThat(killed.transport().tree().killed()).succeedsWithin(Duration.ofSeconds(10));
			long other = orphan(mark(running));
			long late = orphan(mark(killed));
			try {
				await().atMost(Duration.ofSeconds(20)).until(() -> Proc.state(late) == Proc.GONE);
				assertThat(Proc.state(other)).isNotIn(Proc.GONE, Proc.ZOMBIE);
			}
			finally {
				end(late);
				end(other);
			}
		});
	}

	@Test
	void onlyTheLastMarksAreRemembered() {
		EndedTrees ended = new EndedTrees();
		IntStream.rangeClosed(0, EndedTrees.MOST).forEach((i) -> ended.add(TreeMembers.of("tree." + i)));
		assertThat(ended.have(List.of("tree.0"))).isFalse();
		assertThat(ended.have(List.of("other", "tree.1"))).isTrue();
		ended.add(TreeMembers.of("tree.1"));
		ended.add(TreeMembers.of("new"));
		assertThat(ended.have(List.of("tree.1"))).isTrue();
		assertThat(ended.have(List.of("tree.2"))).isFalse();
	}

	@Test
	void theBeginningOfMarksIsRemembered() {
		EndedTrees ended = new EndedTrees();
		ended.add(TreeMembers.ofAll("loop."));
		assertThat(ended.have(List.of("loop.7"))).isTrue();
		assertThat(ended.have(List.of("loop"))).isFalse();
	}

	private static String mark(Subprocess child) {
		return String.valueOf(child.transport().tree().spec().environmentChanges().get(TreeMark.VARIABLE));
	}

	/**
	 * Start a process with a mark, and wait until this process has adopted it.
	 */
	private static long orphan(String mark) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder("sh", "-c", "sleep 98763 >&- 2>&- & echo $!");
		builder.environment().put(TreeMark.VARIABLE, mark);
		Process parent = builder.start();
		long pid = Long
			.parseLong(new String(parent.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
		parent.waitFor();
		long self = ProcessHandle.current().pid();
		// One of a killed tree may be gone already
		await().until(() -> ProcessStat.find(pid).map(ProcessStat::parent).orElse(self) == self);
		return pid;
	}

	private static void end(long pid) {
		ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
	}

}
