package io.eventloop.loop;

import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PostBatching}.
 */
@Timeout(30)
class PostBatchingTests {

	private final PostedQueue queue = new PostedQueue();

	private final PostedQueue.Taker taker = this.queue.taker();

	private final CallbackHandle handle = new CallbackHandle(() -> {
	});

	@Test
	void endsWhenNobodyPosts() {
		post(100);
		assertThat(PostBatching.gather(this.taker)).isTrue();
		assertThat(this.taker.size()).isEqualTo(100);
	}

	@Test
	void doesNotWaitForAFew() {
		post(7);
		assertThat(PostBatching.gather(this.taker)).isFalse();
	}

	@Test
	void waitsForMoreWhileOthersPost() throws InterruptedException {
		AtomicBoolean over = new AtomicBoolean();
		Thread poster = new Thread(() -> {
			while (!over.get()) {
				post(1);
			}
		}, "poster");
		poster.start();
		try {
			int rounds = 0;
			while (rounds < 100) {
				int before = this.taker.size();
				PostBatching.gather(this.taker);
				if (before < 64 && this.taker.size() >= 256) {
					rounds++;
				}
				take(this.taker.size());
			}
		}
		finally {
			over.set(true);
			poster.join();
		}
	}

	private void post(int count) {
		for (int i = 0; i < count; i++) {
			this.queue.post(this.handle);
		}
	}

	private void take(int count) {
		for (int i = 0; i < count; i++) {
			this.taker.poll();
		}
	}

}
