package io.eventloop.loop;

import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class PostedQueueTests {

	private final PostedQueue queue = new PostedQueue(2);

	@Test
	@DisplayName("Callbacks come out in the order in which they were posted, across chunks")
	void firstInFirstOut() {
		CallbackHandle[] posted = IntStream.range(0, 7).mapToObj((i) -> handle()).toArray(CallbackHandle[]::new);
		for (CallbackHandle handle : posted) {
			this.queue.post(handle);
		}
		assertThat(this.queue.size()).isEqualTo(7);
		for (CallbackHandle handle : posted) {
			assertThat(this.queue.take()).isSameAs(handle);
		}
		assertThat(this.queue.size()).isZero();
	}

	@Test
	@DisplayName("A thread that has taken a number and fails before it posts holds up nobody")
	void abandonedNumberHoldsUpNobody() {
		IntStream.range(0, 5).forEach((i) -> this.queue.takeNumber());
		CallbackHandle next = handle();
		this.queue.post(next);
		IntStream.range(0, 5).forEach((i) -> assertThat(this.queue.take()).isNull());
		assertThat(this.queue.take()).isSameAs(next);
		assertThat(this.queue.size()).isZero();
	}

	@Test
	@DisplayName("A thread that comes too late with its number takes another")
	void lateThreadTakesAnotherNumber() {
		long late = this.queue.takeNumber();
		assertThat(this.queue.take()).isNull();
		assertThat(this.queue.put(late, handle())).as("the slot is given up").isFalse();
		IntStream.range(0, 9).forEach((i) -> {
			this.queue.post(handle());
			assertThat(this.queue.take()).isNotNull();
		});
		assertThat(this.queue.put(late, handle())).as("its chunk is left").isFalse();
		assertThat(this.queue.size()).isZero();
	}

	private static CallbackHandle handle() {
		return new CallbackHandle(() -> {
		});
	}

}
