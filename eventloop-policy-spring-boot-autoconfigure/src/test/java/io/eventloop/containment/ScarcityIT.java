package io.eventloop.containment;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.eventloop.testsupport.Proc;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A tree does not count as killed because what it takes to see it is scarce, and its
 * members are killed once it is there again.
 */
@Timeout(60)
class ScarcityIT {

	private final String mark = TreeMark.unique();

	private final TreeMembers tree = TreeMembers.of(this.mark);

	private final Process member = start();

	@AfterEach
	void end() {
		this.member.destroyForcibly();
	}

	@Test
	@DisplayName("While no file can be opened, a search and a killing wait, and go on afterwards")
	void tooManyOpenFiles() throws Exception {
		long pid = ProcessHandle.current().pid();
		Process limit = new ProcessBuilder("sh", "-c", """
				before=$(prlimit --pid %1$d --nofile --output SOFT --noheadings)
				prlimit --pid %1$d --nofile=3:; echo; read -r line; prlimit --pid %1$d --nofile=$before:; echo"""
			.formatted(pid)).start();
		CompletableFuture<Void> killed;
		CompletableFuture<?> found;
		try {
			limit.inputReader().readLine();
			killed = TreeSweeper.OF_PROCESS.kill(this.tree);
			found = TreeSweeper.OF_PROCESS.look(this.tree);
			Awaitility.await().during(Duration.ofMillis(500)).until(() -> !killed.isDone() && !found.isDone());
		}
		finally {
			limit.outputWriter().append('\n').flush();
			limit.inputReader().readLine();
			limit.waitFor();
		}
		assertThat(killed).succeedsWithin(Duration.ofSeconds(10));
		assertThat(found).succeedsWithin(Duration.ofSeconds(10));
		assertThat(this.member.waitFor(1, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	@DisplayName("Where no thread can be started, a search and a killing fail, and later ones succeed")
	void noMoreThreads() {
		AtomicBoolean scarce = new AtomicBoolean(true);
		TreeSweeper sweeper = new TreeSweeper((work) -> scarce.get() ? new UnstartableThread() : new Thread(work));
		assertThat(sweeper.kill(this.tree)).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withMessageContaining("raise the limit of threads");
		assertThat(sweeper.look(this.tree)).failsWithin(Duration.ofSeconds(10));
		scarce.set(false);
		assertThat(sweeper.kill(this.tree)).succeedsWithin(Duration.ofSeconds(10));
		assertThat(Proc.state(this.member.pid())).isIn(Proc.GONE, Proc.ZOMBIE);
	}

	@Test
	@DisplayName("An interrupt does not end the wait for what is left to be killed, and is not lost")
	void interruptedWait() {
		CompletableFuture<Void> killed = new CompletableFuture<Void>().completeOnTimeout(null, 300,
				TimeUnit.MILLISECONDS);
		Thread.currentThread().interrupt();
		LeftTrees.await(killed);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(killed).isDone();
	}

	private Process start() {
		try {
			ProcessBuilder builder = new ProcessBuilder("sleep", "98770");
			builder.environment().put(TreeMark.VARIABLE, this.mark);
			return builder.start();
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	/**
	 * One for which the system has no room.
	 */
	private static final class UnstartableThread extends Thread {

		@Override
		public void start() {
			throw new OutOfMemoryError("unable to create native thread");
		}

	}

}
