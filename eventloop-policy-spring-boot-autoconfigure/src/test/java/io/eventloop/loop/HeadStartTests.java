package io.eventloop.loop;

import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HeadStart}.
 */
@Timeout(30)
class HeadStartTests {

	private final PostedQueue queue = new PostedQueue();

	private final PostedQueue.Taker taker = this.queue.taker();

	@Test
	void endsWhenNobodyPosts() {
		post(100);
		HeadStart.give(this.taker);
		assertThat(this.taker.size()).isEqualTo(100);
	}

	@Test
	void endsThoughOthersNeverStop() throws InterruptedException {
		AtomicBoolean over = new AtomicBoolean();
		Thread poster = new Thread(() -> {
			while (!over.get()) {
				post(1);
				Thread.onSpinWait();
			}
		}, "poster");
		poster.start();
		try {
			int taken = 0;
			while (taken < 100_000) {
				HeadStart.give(this.taker);
				taken += takeAll();
			}
			assertThat(poster.isAlive()).isTrue();
		}
		finally {
			over.set(true);
			poster.join();
		}
	}

	private void post(int count) {
		for (int i = 0; i < count; i++) {
			this.queue.post(new CallbackHandle(() -> {
			}));
		}
	}

	private int takeAll() {
		int taken = 0;
		while (this.taker.poll() != null) {
			taken++;
		}
		return taken;
	}

}
