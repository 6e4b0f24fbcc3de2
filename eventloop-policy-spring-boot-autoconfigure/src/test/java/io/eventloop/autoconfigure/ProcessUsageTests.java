package io.eventloop.autoconfigure;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is read of a process.
 */
@Timeout(60)
class ProcessUsageTests {

	@Test
	void timesOfItselfAndOfReapedChildrenAreAdded() {
		long ticks = KernelUnits.HERE.ticksPerSecond();
		ProcessUsage usage = ProcessUsage.parse(
				"4711 (a (b) c) S 1 4711 4711 0 -1 4194304 103 0 0 0 %d %d %d %d 20 0 1 0 777 2502656 5 184467440 1 1"
					.formatted(ticks, 2 * ticks, 3 * ticks, 4 * ticks));
		assertThat(usage.program()).isEqualTo("a (b) c");
		assertThat(usage.cpu()).isEqualTo(Duration.ofSeconds(10));
		assertThat(usage.memory()).isEqualTo(5 * KernelUnits.HERE.pageSize());
	}

	@Test
	void thisProcessUsesMemoryAndTime() {
		ProcessUsage usage = ProcessUsage.read(ProcessHandle.current().pid()).orElseThrow();
		assertThat(usage.memory()).isBetween(10_000_000L, 100_000_000_000L);
		assertThat(usage.cpu()).isPositive();
	}

	@Test
	void aProcessThatIsNotThereUsesNothing() {
		assertThat(ProcessUsage.read(0)).isEmpty();
	}

	@Test
	void theKernelTellsItsUnits() {
		assertThat(KernelUnits.HERE.pageSize()).isGreaterThanOrEqualTo(4096);
		assertThat(KernelUnits.HERE.ticksPerSecond()).isGreaterThanOrEqualTo(100);
	}

}
