package io.eventloop.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.eventloop.ChildContainment;
import io.eventloop.EventLoop;
import io.eventloop.SubprocessSpec;
import io.eventloop.containment.ContainmentMechanism;
import io.eventloop.containment.TreeContainment;
import io.eventloop.testsupport.Proc;
import io.eventloop.testsupport.ProcessStat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class ContainmentConfigurationIT {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class));

	@Test
	@DisplayName("By default children carry a mark, a guardian watches, and the log says so")
	void marksAreTheDefault(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			EventLoop loop = context.getBean(EventLoop.class);
			assertThat(loop.getChildContainment()).isInstanceOfSatisfying(TreeContainment.class, (trees) -> {
				assertThat(trees.mechanism()).isEqualTo(ContainmentMechanism.MARK);
				assertThat(trees.killsOnExit()).isTrue();
			});
			assertThat(printed(loop, "echo $EVENTLOOP_TREE")).matches("[0-9a-f]{32}\\.[0-9a-f]{32}\\.\\d+\n");
			awaitGuardian();
			assertThat(context.getBean(io.eventloop.metrics.ChildCounts.class).spawned()).isOne();
		});
		assertThat(output).contains("What belongs to a child is found by 'mark'")
			.contains("It ends if this JVM is killed");
		assertThat(guardians()).isEmpty();
	}

	@Test
	void guardianIsSwitchedOff() {
		this.contextRunner.withPropertyValues("eventloop.kill-on-exit=false").run((context) -> {
			assertThat(printed(context.getBean(EventLoop.class), "echo $EVENTLOOP_TREE")).isNotBlank();
			assertThat(guardians()).isEmpty();
		});
	}

	@Test
	void groupsAlone() {
		this.contextRunner.withPropertyValues("eventloop.containment=group").run((context) -> {
			assertThat(printed(context.getBean(EventLoop.class), "echo $EVENTLOOP_TREE")).isBlank();
			assertThat(guardians()).isEmpty();
		});
	}

	@Test
	void containmentOfTheApplication() {
		ChildContainment own = ChildContainment.GROUP::prepare;
		this.contextRunner.withBean(ChildContainment.class, () -> own)
			.run((context) -> assertThat(context.getBean(EventLoop.class).getChildContainment()).isSameAs(own));
	}

	@Test
	@DisplayName("What a child has left behind that has exited ends with the context, also in a session of its own")
	void leftoversEndWithTheContext() {
		String[] left = new String[1];
		this.contextRunner.run((context) -> {
			left[0] = printed(context.getBean(EventLoop.class), "setsid sleep 98767 >/dev/null 2>&1 & echo $!").strip();
			assertThat(Proc.state(Long.parseLong(left[0]))).isNotIn(Proc.GONE, Proc.ZOMBIE);
		});
		assertThat(Proc.state(Long.parseLong(left[0]))).isIn(Proc.GONE, Proc.ZOMBIE);
	}

	@Test
	@DisplayName("A grandchild in a session of its own that ignores SIGTERM and outlives its parent is ended by the stop")
	void deafGrandchildEndsWithTheContext() {
		long[] grandchild = new long[1];
		this.contextRunner.withPropertyValues("eventloop.shutdown.grace-period=2s").run((context) -> {
			var child = context.getBean(EventLoop.class)
				.subprocess(SubprocessSpec
					.shell("setsid sh -c 'trap \"\" TERM; echo $$; while :; do sleep 98767; done' & wait")
					.pipes())
				.join();
			grandchild[0] = Long
				.parseLong(new String(child.requireStdout().readLine().join(), StandardCharsets.UTF_8).strip());
		});
		assertThat(Proc.state(grandchild[0])).isIn(Proc.GONE, Proc.ZOMBIE);
	}

	@Test
	@DisplayName("A hundred contexts leave no guardian, and have one at most while they are open")
	void oneGuardianForAllContexts() {
		for (int i = 0; i < 50; i++) {
			this.contextRunner.run((first) -> this.contextRunner.run((second) -> {
				printed(first.getBean(EventLoop.class), "true");
				printed(second.getBean(EventLoop.class), "true");
				awaitGuardian();
			}));
			assertThat(guardians()).isEmpty();
		}
	}

	@Test
	@DisplayName("A guardian that was killed is replaced with a later child")
	void guardianIsReplaced(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			EventLoop loop = context.getBean(EventLoop.class);
			printed(loop, "true");
			awaitGuardian();
			long first = guardians().get(0);
			ProcessHandle.of(first).orElseThrow().destroyForcibly();
			Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
				printed(loop, "true");
				assertThat(guardians()).hasSize(1).doesNotContain(first);
			});
		});
		assertThat(output).contains("another one takes its place");
		assertThat(guardians()).isEmpty();
	}

	private static String printed(EventLoop loop, String script) {
		return loop.subprocess(SubprocessSpec.shell(script).pipes())
			.thenCompose((child) -> child.communicate(null))
			.join()
			.stdoutText();
	}

	/**
	 * Wait for the one guardian: what runs a program has no command line for a moment.
	 */
	private static void awaitGuardian() {
		Awaitility.await().untilAsserted(() -> assertThat(guardians()).hasSize(1));
	}

	private static List<Long> guardians() {
		return Proc.children()
			.stream()
			.filter((process) -> process.isAlive() && Proc.commandLine(process.pid()).endsWith("eventloop-guardian\0"))
			.map(ProcessStat::pid)
			.toList();
	}

}
