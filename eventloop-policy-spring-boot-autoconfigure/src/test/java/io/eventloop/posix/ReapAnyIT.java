package io.eventloop.posix;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.eventloop.ChildExit;
import io.eventloop.ExitStatus;
import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Reaping whatever child is dead.
 */
@Timeout(60)
class ReapAnyIT {

	private final PosixSpawn spawn = new PosixSpawn();

	@Test
	@DisplayName("S171 reaps until no child is dead, and leaves those that run")
	void reapsUntilNoneIsDead() throws IOException {
		ChildProcess running = spawn("sleep", "600");
		ChildProcess first = spawn("sh", "-c", "exit 3");
		ChildProcess second = spawn("sh", "-c", "exit 4");
		first.awaitExit();
		second.awaitExit();
		assertThat(ChildProcess.reapAny()).containsSame(first);
		assertThat(ChildProcess.reapAny()).containsSame(second);
		assertThat(ChildProcess.reapAny()).isEmpty();
		assertThat(first.reap()).extracting(ChildExit::status).isEqualTo(new ExitStatus.Exited(3));
		assertThat(second.reap()).satisfies((exit) -> {
			assertThat(exit.returnCode()).isEqualTo(4);
			assertThat(exit.usage()).isNotNull();
		});
		assertThat(running.reap()).isNull();
		running.signal(Signal.SIGKILL);
		running.awaitExit();
		assertThat(running.reap()).isNotNull();
	}

	@Test
	@DisplayName("S222 a child that was reaped with any other is signalled no more")
	void reapedChildIsSignalledNoMore() throws IOException {
		ChildProcess child = spawn("true");
		child.awaitExit();
		assertThat(ChildProcess.reapAny()).isPresent();
		assertThatExceptionOfType(ProcessLookupException.class).isThrownBy(() -> child.signal(Signal.SIGTERM));
	}

	@Test
	@DisplayName("S168 a child that is reaped while its spawn is under way keeps its exit")
	void childReapedDuringItsSpawnKeepsItsExit() throws Exception {
		AtomicBoolean over = new AtomicBoolean();
		Thread reaping = new Thread(() -> {
			while (!over.get()) {
				ChildProcess.reapAny();
			}
		});
		reaping.start();
		try {
			for (int i = 0; i < 300; i++) {
				ChildProcess child = spawn("/bin/sh", "-c", "exit " + i % 100);
				Awaitility.await()
					.pollDelay(Duration.ZERO)
					.pollInterval(Duration.ofMillis(1))
					.until(() -> child.reap() != null);
				assertThat(child.reap()).extracting(ChildExit::status).isEqualTo(new ExitStatus.Exited(i % 100));
			}
		}
		finally {
			over.set(true);
			reaping.join();
		}
	}

	@Test
	void tellsWhoIsAChild() throws IOException {
		ChildProcess child = spawn("sleep", "600");
		assertThat(child.isChild()).isTrue();
		child.signal(Signal.SIGKILL);
		child.awaitExit();
		assertThat(child.isChild()).isTrue();
		child.reap();
		assertThat(child.isChild()).isFalse();
		assertThat(ChildProcess.of(ProcessHandle.current().pid()).isChild()).isFalse();
	}

	private ChildProcess spawn(String program, String... arguments) throws IOException {
		return this.spawn.spawn(SpawnRequestBuilder.of(program, arguments).build());
	}

}
