package io.eventloop.posix;

import java.time.Duration;

import io.eventloop.ResourceUsage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChildUsageTests {

	private final NativeBlock block = new NativeBlock(8 + ChildUsage.SIZE);

	@Test
	void timesAreReadToTheMicrosecond() {
		this.block.putLong(8, 3);
		this.block.putLong(16, 141_592);
		this.block.putLong(24, 2);
		this.block.putLong(32, 718_281);
		ResourceUsage usage = read(this.block, 8);
		assertThat(usage.userTime()).isEqualTo(Duration.ofSeconds(3, 141_592_000));
		assertThat(usage.systemTime()).isEqualTo(Duration.ofSeconds(2, 718_281_000));
	}

	@Test
	void aPeakThatMayBeTheJvmsOwnIsNotTold() {
		this.block.putLong(40, 1);
		assertThat(read(this.block, 8).maxResidentBytes()).isEmpty();
	}

	@Test
	void aPeakAboveTheJvmsOwnIsTheChilds() {
		long kibibytes = 1L << 40;
		this.block.putLong(40, kibibytes);
		assertThat(read(this.block, 8).maxResidentBytes()).hasValue(kibibytes * 1024);
	}

	private static ResourceUsage read(NativeBlock block, int offset) {
		return new ResourceUsage(Duration.ofNanos(ChildUsage.userNanos(block, offset)),
				Duration.ofNanos(ChildUsage.systemNanos(block, offset)),
				ChildUsage.aboveOwnPeak(ChildUsage.residentBytes(block, offset)));
	}

}
