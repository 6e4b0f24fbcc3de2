package io.eventloop.memory;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who has a value, and for how long.
 */
@Timeout(60)
class PerThreadTests {

	private PerThread<Object> values = new PerThread<>(Object::new);

	@Test
	void eachThreadHasOneValueOfItsOwn() throws Exception {
		Object ours = this.values.get();
		System.gc();
		assertThat(this.values.get()).isSameAs(ours);
		List<Object> others = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			Thread thread = new Thread(() -> others.add(this.values.get()));
			thread.start();
			thread.join();
		}
		assertThat(others).doesNotHaveDuplicates().doesNotContain(ours);
		assertThat(this.values.get()).isSameAs(ours);
	}

	@Test
	void valuesOfThreadsThatLiveAreKept() throws Exception {
		CountDownLatch asked = new CountDownLatch(200);
		CountDownLatch again = new CountDownLatch(1);
		List<Thread> threads = new ArrayList<>();
		List<Boolean> same = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			Thread thread = new Thread(() -> {
				int before = System.identityHashCode(this.values.get());
				asked.countDown();
				try {
					again.await();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
				synchronized (same) {
					same.add(System.identityHashCode(this.values.get()) == before);
				}
			});
			thread.start();
			threads.add(thread);
		}
		asked.await();
		System.gc();
		again.countDown();
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(same).hasSize(200).containsOnly(true);
	}

	@Test
	void threadThatLivesDoesNotHoldTheValueOfOwnerThatIsGone() throws Exception {
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			PerThread<Object> owner = this.values;
			WeakReference<Object> value = new WeakReference<>(thread.submit(owner::get).get());
			owner = null;
			this.values = new PerThread<>(Object::new);
			await().untilAsserted(() -> {
				System.gc();
				assertThat(value.get()).isNull();
			});
		}
		finally {
			thread.shutdownNow();
		}
	}

	@Test
	void valueOfThreadThatEndedGoesWithTheNextThread() throws Exception {
		List<WeakReference<Object>> value = new ArrayList<>();
		Thread first = new Thread(() -> value.add(new WeakReference<>(this.values.get())));
		first.start();
		first.join();
		Thread next = new Thread(this.values::get);
		next.start();
		next.join();
		await().untilAsserted(() -> {
			System.gc();
			assertThat(value.get(0).get()).isNull();
		});
		// Reachable all the while, and the thread too
		assertThat(first.isAlive()).isFalse();
		assertThat(this.values.get()).isNotNull();
	}

}
