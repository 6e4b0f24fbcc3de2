package io.eventloop.loop;

import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class PostedQueueTests {

	private final PostedQueue queue = new PostedQueue(2);

	private final PostedQueue.Taker taker = this.queue.taker();

	@Test
	@DisplayName("Callbacks come out in the order in which they were posted, across chunks")
	void firstInFirstOut() {
		CallbackHandle[] posted = IntStream.range(0, 7).mapToObj((i) -> handle()).toArray(CallbackHandle[]::new);
		for (CallbackHandle handle : posted) {
			this.queue.post(handle);
		}
		assertThat(this.taker.isEmpty()).isFalse();
		assertThat(this.taker.size()).isEqualTo(7);
		for (CallbackHandle handle : posted) {
			assertThat(this.taker.poll()).isSameAs(handle);
		}
		assertThat(this.taker.isEmpty()).isTrue();
		assertThat(this.taker.size()).isZero();
		assertThat(this.taker.poll()).isNull();
	}

	@Test
	@DisplayName("What is posted after all was taken is taken next, wherever in a chunk that is")
	void takesWhatIsPostedLater() {
		for (int i = 0; i < 9; i++) {
			CallbackHandle handle = handle();
			this.queue.post(handle);
			assertThat(this.taker.isEmpty()).isFalse();
			assertThat(this.taker.poll()).isSameAs(handle);
			assertThat(this.taker.isEmpty()).isTrue();
		}
	}

	private static CallbackHandle handle() {
		return new CallbackHandle(() -> {
		});
	}

}
