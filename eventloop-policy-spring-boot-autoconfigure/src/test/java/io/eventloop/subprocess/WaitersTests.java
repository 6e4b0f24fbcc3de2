package io.eventloop.subprocess;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.loop.SelectorEventLoop;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class WaitersTests {

	private final EventLoop loop = new SelectorEventLoop();

	private final Waiters<Integer> waiters = new Waiters<>(this.loop);

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	@Test
	@DisplayName("S216 all are released in the order in which they came")
	void releasesInOrder() {
		List<Integer> order = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			int number = i;
			this.waiters.await().thenAccept((value) -> order.add(number));
		}
		this.waiters.complete(1);
		assertThat(order).hasSize(40).isSorted();
	}

	@Test
	@DisplayName("S217 cancelling one leaves the others, and no waiter remains once all are cancelled")
	void cancelledOnesAreForgotten() {
		LoopFuture<Integer> first = this.waiters.await();
		LoopFuture<Integer> second = this.waiters.await();
		first.cancel(false);
		assertThat(this.waiters.isAwaited()).isTrue();
		assertThat(second).isNotDone();
		second.cancel(false);
		assertThat(this.waiters.isAwaited()).isFalse();
	}

	@Test
	void manyCancelledOnesDoNotPileUp() {
		LoopFuture<Integer> kept = this.waiters.await();
		for (int i = 0; i < 100_000; i++) {
			this.waiters.await().cancel(false);
		}
		assertThat(this.waiters).extracting("waiting.futures")
			.asInstanceOf(InstanceOfAssertFactories.LIST)
			.hasSizeLessThan(100);
		this.waiters.complete(7);
		assertThat(kept).isCompletedWithValue(7);
	}

	@Test
	void firstOutcomeCounts() {
		this.waiters.complete(1);
		this.waiters.complete(2);
		this.waiters.fail(new IllegalStateException());
		assertThat(this.waiters.await()).isCompletedWithValue(1);
	}

	@Test
	@DisplayName("Who settles it as well finds all released on return, while another thread still releases them")
	void allAreReleasedForEach() throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch leave = new CountDownLatch(1);
		this.waiters.await().whenComplete((value, ex) -> {
			entered.countDown();
			join(leave);
		});
		LoopFuture<Integer> second = this.waiters.await();
		Thread settling = new Thread(() -> this.waiters.complete(1));
		settling.start();
		try {
			assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
			this.waiters.complete(2);
			assertThat(second).isCompletedWithValue(1);
		}
		finally {
			leave.countDown();
			settling.join();
		}
	}

	private static void join(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void failureIsToldAsItIs() {
		IllegalStateException failure = new IllegalStateException("on purpose");
		List<Throwable> seen = new ArrayList<>();
		this.waiters.await().whenComplete((value, ex) -> seen.add(ex));
		this.waiters.fail(failure);
		this.waiters.await().whenComplete((value, ex) -> seen.add(ex));
		assertThat(seen).containsExactly(failure, failure);
	}

}
