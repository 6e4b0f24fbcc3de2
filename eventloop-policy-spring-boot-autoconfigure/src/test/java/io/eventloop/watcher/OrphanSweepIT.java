package io.eventloop.watcher;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.eventloop.posix.ChildProcess;
import io.eventloop.testsupport.Proc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is reaped, and what is left to others. The children are real and the clock is not.
 */
@Timeout(60)
class OrphanSweepIT {

	private final Set<Long> jdkChildren = new HashSet<>();

	private long now;

	private final OrphanSweep sweep = new OrphanSweep(() -> this.now, () -> this.jdkChildren);

	@Test
	void anUnownedZombieIsReapedAtTheThirdSweep() {
		ForeignSpawn child = ForeignSpawn.ended(3);
		check(2);
		assertThat(child.state()).isEqualTo(Proc.ZOMBIE);
		assertThat(check(1)).isEqualTo(1);
		assertThat(child.state()).isEqualTo(Proc.GONE);
		assertThat(child.waitFor()).isEqualTo(-1);
	}

	@Test
	void looksInQuickSuccessionCountAsOne() {
		ForeignSpawn child = ForeignSpawn.ended(3);
		for (int i = 0; i < 10; i++) {
			this.now += TimeUnit.MILLISECONDS.toNanos(100);
			this.sweep.check();
		}
		assertThat(child.waitFor()).isEqualTo(3);
	}

	@Test
	void aSweepThatIsLateCountsAsOne() {
		ForeignSpawn child = ForeignSpawn.ended(3);
		check(1);
		this.now += TimeUnit.HOURS.toNanos(1);
		check(1);
		assertThat(child.waitFor()).isEqualTo(3);
	}

	@Test
	void whoeverReapsWithinTheGraceGetsTheExit() {
		ForeignSpawn child = ForeignSpawn.ended(42);
		check(2);
		assertThat(child.waitFor()).isEqualTo(42);
		assertThat(check(5)).isZero();
	}

	@Test
	void anotherChildMeansAnotherGrace() {
		ForeignSpawn first = ForeignSpawn.ended(1);
		check(2);
		ForeignSpawn second = ForeignSpawn.ended(2);
		check(1);
		assertThat(first.state()).isEqualTo(Proc.GONE);
		assertThat(second.waitFor()).isEqualTo(2);
	}

	@Test
	void aLivingChildIsLeftAlone() {
		ForeignSpawn child = ForeignSpawn.running();
		try {
			assertThat(check(5)).isZero();
			assertThat(child.state()).isNotIn(Proc.ZOMBIE, Proc.GONE);
		}
		finally {
			child.end();
		}
	}

	@Test
	void whatTheJdkWaitsForIsLeftToIt() {
		ForeignSpawn child = ForeignSpawn.ended(3);
		this.jdkChildren.add(child.pid());
		check(5);
		assertThat(child.waitFor()).isEqualTo(3);
	}

	@Test
	void whatThisLibraryHasSpawnedIsLeftToItsWatcher() {
		TestChild child = TestChild.ended(3);
		check(5);
		assertThat(Proc.state(child.pid())).isEqualTo(Proc.ZOMBIE);
		child.reap();
	}

	@Test
	void whatThisLibraryWasAskedToWatchIsLeftToItsWatcher() {
		ForeignSpawn child = ForeignSpawn.ended(3);
		ChildProcess watched = ChildProcess.of(child.pid());
		check(5);
		assertThat(watched.reap()).isNotNull().satisfies((exit) -> assertThat(exit.returnCode()).isEqualTo(3));
	}

	private int check(int times) {
		int reaped = 0;
		for (int i = 0; i < times; i++) {
			reaped += this.sweep.check();
			this.now += OrphanSweep.INTERVAL.toNanos();
		}
		return reaped;
	}

}
