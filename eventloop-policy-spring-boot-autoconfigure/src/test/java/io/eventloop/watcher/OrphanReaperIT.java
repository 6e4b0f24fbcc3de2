package io.eventloop.watcher;

import java.util.concurrent.CompletableFuture;

import io.eventloop.EventLoop;
import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.posix.ChildJvm;
import io.eventloop.posix.Subreaper;
import io.eventloop.testsupport.Proc;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * When orphans are reaped.
 */
@Timeout(60)
class OrphanReaperIT {

	@Test
	void offIsNotActive() {
		try (OrphanReaper reaper = OrphanReaper.off()) {
			assertThat(reaper.mode()).isEqualTo("off");
			assertThat(reaper.isActive()).isFalse();
			assertThat(reaper.reaped()).isZero();
		}
	}

	@Test
	void pid1IsNotActiveInAnotherProcess() {
		try (LoopThread thread = new LoopThread("orphans"); OrphanReaper reaper = OrphanReaper.pid1(thread.loop())) {
			thread.run(() -> {
			});
			assertThat(reaper.isActive()).isFalse();
		}
	}

	@Test
	void itIsActiveWhileItsLoopRunsAndUntilItIsClosed() {
		try (LoopThread thread = new LoopThread("orphans")) {
			OrphanReaper reaper = OrphanReaper.pid1(thread.loop(), 1);
			thread.run(() -> {
			});
			assertThat(reaper.isActive()).isTrue();
			reaper.close();
			assertThat(reaper.isActive()).isFalse();
		}
	}

	@Test
	void anUnownedZombieIsReapedAndCountedOnce() {
		try (LoopThread one = new LoopThread("orphans-1");
				LoopThread other = new LoopThread("orphans-2");
				OrphanReaper reaper = OrphanReaper.pid1(one.loop(), 1);
				OrphanReaper otherReaper = OrphanReaper.pid1(other.loop(), 1)) {
			ForeignSpawn child = ForeignSpawn.ended(3);
			await().untilAsserted(() -> assertThat(child.state()).isEqualTo(Proc.GONE));
			await().untilAsserted(() -> assertThat(reaper.reaped() + otherReaper.reaped()).isEqualTo(1));
		}
	}

	@Test
	@DisplayName("The process is a subreaper until the last one closes, whichever thread has made it one")
	void subreaperUntilTheLastOneCloses() throws Exception {
		try (LoopThread thread = new LoopThread("orphans")) {
			assertThat(Subreaper.isSet()).isFalse();
			CompletableFuture<OrphanReaper> made = new CompletableFuture<>();
			Thread maker = new Thread(() -> made.complete(OrphanReaper.subreaper(thread.loop())));
			maker.start();
			maker.join();
			OrphanReaper second = OrphanReaper.subreaper(thread.loop());
			assertThat(Subreaper.isSet()).isTrue();
			made.join().close();
			made.join().close();
			assertThat(Subreaper.isSet()).isTrue();
			second.close();
			assertThat(Subreaper.isSet()).isFalse();
		}
	}

	@Test
	void aClosedLoopLeavesTheProcessAsItWas() throws Exception {
		EventLoop closed = new SelectorEventLoop();
		closed.close();
		assertThatIllegalStateException().isThrownBy(() -> OrphanReaper.subreaper(closed));
		assertThat(Subreaper.isSet()).isFalse();
	}

	@Test
	@DisplayName("N10 a system without orphans says so, and what to do")
	void aSystemWithoutOrphansSaysSo() throws Exception {
		assertThat(ChildJvm.run(RequireOrphans.class, "-Dos.name=Plan 9").output().lines()).containsExactly(
				"eventloop.reap-orphans=pid1 does not work here: Native event loops need Linux, and this is Plan 9",
				"-> choose eventloop.reap-orphans=off",
				"eventloop.reap-orphans=subreaper does not work here: Native event loops need Linux, and this is Plan 9",
				"-> choose eventloop.reap-orphans=off");
	}

}
