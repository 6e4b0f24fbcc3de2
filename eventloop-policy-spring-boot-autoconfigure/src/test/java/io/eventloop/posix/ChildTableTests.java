package io.eventloop.posix;

import io.eventloop.ExitStatus;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing here is spawned: the pids belong to no process.
 */
class ChildTableTests {

	private static final int PID = Integer.MAX_VALUE;

	private final ChildTable table = new ChildTable();

	@Test
	void aPidHasOneOwnerUntilItIsReaped() {
		ChildProcess child = spawn();
		assertThat(this.table.of(PID)).isSameAs(child);
		this.table.reaped(child);
		assertThat(this.table.of(PID)).isNotSameAs(child);
	}

	@Test
	void aSpawnAdoptsWhatWasFoundWhileItRan() {
		ChildTable.Spawn spawn = this.table.spawnBegins();
		ChildProcess found = this.table.of(PID);
		assertThat(this.table.register(PID, spawn)).isSameAs(found);
	}

	@Test
	void aSpawnAdoptsWhatWasFoundAndReapedWhileItRan() {
		ChildTable.Spawn spawn = this.table.spawnBegins();
		ChildProcess found = this.table.of(PID);
		assertThat(found.reap()).isNotNull();
		ChildProcess child = this.table.register(PID, spawn);
		this.table.spawnEnds(spawn);
		assertThat(child).isSameAs(found);
	}

	@Test
	void whatWasFoundBeforeIsLostWhenItsPidIsBornAgain() {
		ChildProcess before = this.table.of(PID);
		ChildProcess child = spawn();
		assertThat(child).isNotSameAs(before);
		assertThat(this.table.of(PID)).isSameAs(child);
		assertThat(before.peek()).isInstanceOfSatisfying(ExitStatus.Lost.class,
				(lost) -> assertThat(lost.reason()).contains("its pid belongs to another process now"));
		assertThat(this.table.of(PID)).as("reaping the old one does not touch the new one").isSameAs(child);
	}

	@Test
	void whatWasSpawnedBeforeIsNeverAdopted() {
		ChildTable.Spawn other = this.table.spawnBegins();
		ChildProcess before = spawn();
		ChildProcess child = this.table.register(PID, other);
		assertThat(child).isNotSameAs(before);
		assertThat(before.reap()).isNotNull();
	}

	@Test
	void whatWasReapedBeforeTheSpawnIsNotAdopted() {
		ChildTable.Spawn first = this.table.spawnBegins();
		ChildProcess reaped = this.table.of(PID);
		reaped.reap();
		ChildTable.Spawn second = this.table.spawnBegins();
		assertThat(this.table.register(PID, second)).isNotSameAs(reaped);
		assertThat(first.number()).isLessThan(second.number());
	}

	@Test
	void aSpawnedChildHasAnOwner() {
		ChildProcess child = spawn();
		assertThat(this.table.owns(PID)).isTrue();
		assertThat(this.table.mayOwn(PID, this.table.spawnsBegun())).isTrue();
		this.table.reaped(child);
		assertThat(this.table.owns(PID)).isFalse();
	}

	@Test
	void whatWasThereDuringASpawnMayGetAnOwnerUntilTheSpawnEnds() {
		ChildTable.Spawn spawn = this.table.spawnBegins();
		long begun = this.table.spawnsBegun();
		assertThat(this.table.mayOwn(PID, begun)).isTrue();
		this.table.spawnEnds(spawn);
		assertThat(this.table.mayOwn(PID, begun)).isFalse();
	}

	@Test
	void whatWasThereBeforeASpawnIsNotItsChild() {
		long begun = this.table.spawnsBegun();
		ChildTable.Spawn later = this.table.spawnBegins();
		assertThat(this.table.mayOwn(PID, begun)).isFalse();
		this.table.spawnEnds(later);
	}

	private ChildProcess spawn() {
		ChildTable.Spawn spawn = this.table.spawnBegins();
		try {
			return this.table.register(PID, spawn);
		}
		finally {
			this.table.spawnEnds(spawn);
		}
	}

}
