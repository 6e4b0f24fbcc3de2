package io.eventloop.memory;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

import io.eventloop.EventLoop;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is tried again for want of memory is tried a bounded number of times.
 */
@Timeout(20)
class MemoryReserveTests {

	private final AtomicInteger tries = new AtomicInteger();

	private final EventLoop loop = (EventLoop) Proxy.newProxyInstance(EventLoop.class.getClassLoader(),
			new Class<?>[] { EventLoop.class }, (proxy, method, arguments) -> {
				fail();
				return null;
			});

	@Test
	@DisplayName("a step is repeated until there is memory for it")
	void insists() {
		MemoryReserve.insist(() -> {
			if (this.tries.get() < 3) {
				fail();
			}
		});
		assertThat(this.tries).hasValue(3);
	}

	@Test
	@DisplayName("a step for which there is never memory ends with the error")
	void insistsNotForEver() {
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> MemoryReserve.insist(this::fail))
			.withMessage("on purpose");
		assertThat(this.tries).hasValue(MemoryReserve.TRIES + 1);
	}

	@Test
	@DisplayName("a callback that cannot be posted for want of memory ends with the error")
	void postsNotForEver() {
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> MemoryReserve.post(this.loop, () -> {
		}));
		assertThat(this.tries).hasValue(MemoryReserve.TRIES + 1);
	}

	@Test
	@DisplayName("what failures need is prepared before it is asked whether there is room, and once")
	void preparesBeforeItAsks() {
		AtomicInteger prepared = new AtomicInteger();
		MemoryReserve.prepare(prepared::incrementAndGet);
		assertThat(MemoryReserve.isPrepared()).isFalse();
		MemoryReserve.requireHeadroom();
		MemoryReserve.requireHeadroom();
		assertThat(prepared).hasValue(1);
		assertThat(MemoryReserve.isPrepared()).isTrue();
	}

	private void fail() {
		this.tries.incrementAndGet();
		throw new OutOfMemoryError("on purpose");
	}

}
