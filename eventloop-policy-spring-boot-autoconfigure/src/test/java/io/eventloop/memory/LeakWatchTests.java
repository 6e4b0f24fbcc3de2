package io.eventloop.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of objects that are never closed.
 */
@Timeout(60)
class LeakWatchTests {

	private final AtomicInteger released = new AtomicInteger();

	@Test
	void whatCollectedObjectHeldIsReleasedOnce() {
		LeakWatch watch = abandon();
		awaitReleases(1);
		watch.end();
		abandon();
		awaitReleases(2);
	}

	@Test
	void nothingIsReleasedForObjectThatWasClosed() {
		abandon().end();
		List<LeakWatch> twice = List.of(abandon());
		twice.forEach(LeakWatch::end);
		twice.forEach(LeakWatch::end);
		abandon();
		awaitReleases(1);
		assertThat(this.released).hasValue(1);
	}

	@Test
	void nothingIsReleasedOfObjectInUse() {
		Object used = new Object();
		AtomicInteger ofUsed = new AtomicInteger();
		LeakWatch watch = LeakWatch.over(used, ofUsed::incrementAndGet);
		abandon();
		awaitReleases(1);
		assertThat(ofUsed).hasValue(0);
		assertThat(used).isNotNull();
		watch.end();
	}

	@Test
	void failedReleaseHarmsNoOther() {
		List<Object> objects = new ArrayList<>(List.of(new Object()));
		LeakWatch.over(objects.get(0), () -> {
			this.released.incrementAndGet();
			throw new IllegalStateException("test");
		});
		objects.clear();
		awaitReleases(1);
		abandon();
		awaitReleases(2);
	}

	@Test
	void whatFailuresNeedIsPreparedSoon() {
		AtomicInteger prepared = new AtomicInteger();
		Object used = new Object();
		MemoryReserve.prepare(prepared::incrementAndGet);
		LeakWatch watch = LeakWatch.over(used, this.released::incrementAndGet);
		abandon();
		awaitReleases(1);
		await().untilAsserted(() -> assertThat(prepared).hasValue(1));
		assertThat(used).isNotNull();
		watch.end();
	}

	private LeakWatch abandon() {
		return LeakWatch.over(new Object(), this.released::incrementAndGet);
	}

	private void awaitReleases(int count) {
		await().untilAsserted(() -> {
			System.gc();
			assertThat(this.released).hasValue(count);
		});
	}

}
