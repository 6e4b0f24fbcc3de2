package io.eventloop.client.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.eventloop.EventLoop;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.containment.TreeContainment;
import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.posix.ChildProcess;
import io.eventloop.posix.PosixSpawn;
import io.eventloop.posix.SpawnRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that leave something behind, run by a launcher of their own.
 */
@Timeout(120)
class NoChildLeaksTests {

	private static final List<AutoCloseable> left = new ArrayList<>();

	private static EventLoop lasting;

	@AfterEach
	void tidyUp() throws Exception {
		for (AutoCloseable each : left) {
			each.close();
		}
		left.clear();
	}

	@Test
	void aTestThatLeavesNothingPasses() {
		assertThat(failures("leavesNothing")).isEmpty();
	}

	@Test
	void whatEndsSoonAfterTheTestIsNotLeft() {
		assertThat(failures("endsSoon")).isEmpty();
	}

	@Test
	void aChildThatRunsIsNamed() {
		assertThat(failures("leavesAChild")).singleElement()
			.asString()
			.containsPattern("leavesAChild\\(\\) has left behind child \\d+ \\(sleep\\)")
			.endsWith("; end what it starts, close its loops and clients, or wait for their end");
	}

	@Test
	void aChildThatWasNotReapedIsNamed() {
		assertThat(failures("leavesAZombie")).singleElement()
			.asString()
			.containsPattern("child \\d+ \\(sh, which was not reaped\\)");
	}

	@Test
	void descriptorsOfALoopAreNamed() {
		assertThat(failures("leavesALoop")).singleElement()
			.asString()
			.containsPattern("descriptor \\d+ \\(anon_inode:\\[eventpoll]\\)")
			.containsPattern("descriptor \\d+ \\(anon_inode:\\[eventfd]\\)");
	}

	@Test
	void descriptorsOfLoopsDoNotCountWhereThatIsSaid() {
		assertThat(failures("leavesALoopAsItMay")).isEmpty();
	}

	@Test
	void aThreadOfTheLibraryIsNamed() {
		assertThat(failures("leavesAThread")).singleElement().asString().contains("thread 'eventloop-scripted-client'");
	}

	@Test
	void threadsOfOthersDoNotCount() {
		assertThat(failures("leavesAThreadOfAnother")).isEmpty();
	}

	@Test
	void threadsOfAPoolThatWaitForWorkDoNotCount() {
		try (SelectorEventLoop loop = new SelectorEventLoop()) {
			lasting = loop;
			assertThat(failures("usesALoopThatLasts")).isEmpty();
			assertThat(Thread.getAllStackTraces().keySet())
				.anyMatch((thread) -> thread.getName().startsWith("eventloop-executor-"));
		}
	}

	@Test
	void theGuardianOfALoopThatLastsDoesNotCount() {
		try (SelectorEventLoop loop = new SelectorEventLoop()) {
			lasting = loop;
			loop.setChildContainment(TreeContainment.builder().killOnExit(Duration.ZERO).build());
			assertThat(failures("startsTheGuardian")).isEmpty();
			assertThat(TreeContainment.guardian()).isPresent();
		}
		assertThat(TreeContainment.guardian()).isEmpty();
	}

	private static List<String> failures(String method) {
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(DiscoverySelectors.selectMethod(Leaking.class, method))
			.configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
			.build();
		List<String> failures = new ArrayList<>();
		List<String> run = new ArrayList<>();
		LauncherFactory.create().execute(request, new TestExecutionListener() {

			@Override
			public void executionFinished(TestIdentifier test, TestExecutionResult result) {
				if (test.isTest()) {
					run.add(test.getDisplayName());
				}
				result.getThrowable().map(Throwable::getMessage).ifPresent(failures::add);
			}

		});
		assertThat(run).as("tests that ran").hasSize(1);
		return failures;
	}

	/**
	 * Run by the tests above alone.
	 */
	@NoChildLeaks(patienceMillis = 500)
	static class Leaking {

		@Test
		void leavesNothing() throws Exception {
			new ProcessBuilder("true").start().waitFor();
			new SelectorEventLoop().close();
			new ScriptedSubprocessClient().close();
		}

		@Test
		@NoChildLeaks(patienceMillis = 20_000)
		void endsSoon() throws Exception {
			new ProcessBuilder("sleep", "0.3").inheritIO().start();
		}

		@Test
		void leavesAChild() throws Exception {
			Process child = new ProcessBuilder("sleep", "60").start();
			left.add(() -> child.destroyForcibly().waitFor());
		}

		@Test
		void leavesAZombie() throws Exception {
			ChildProcess child = new PosixSpawn().spawn(SpawnRequestBuilder.of("/bin/sh", "-c", "exit 0").build());
			left.add(child::reap);
			child.awaitExit();
		}

		@Test
		void leavesALoop() {
			left.add(new SelectorEventLoop());
		}

		@Test
		@NoChildLeaks(patienceMillis = 500, loops = false)
		void leavesALoopAsItMay() {
			left.add(new SelectorEventLoop());
		}

		@Test
		void usesALoopThatLasts() {
			lasting.runUntilComplete(lasting.runInExecutor(null, () -> "done"));
		}

		@Test
		void startsTheGuardian() {
			lasting.runUntilComplete(lasting.subprocess(SubprocessSpec.exec("true")).thenCompose(Subprocess::onExit));
		}

		@Test
		void leavesAThread() {
			left.add(new ScriptedSubprocessClient());
		}

		@Test
		void leavesAThreadOfAnother() {
			CountDownLatch end = new CountDownLatch(1);
			Thread thread = new Thread(() -> {
				try {
					end.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}, "another's");
			thread.start();
			left.add(() -> {
				end.countDown();
				thread.join();
			});
		}

	}

}
