package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventStreamTests {

	private final SlowEmitter emitter = new SlowEmitter();

	private final EventStream stream = new EventStream(new EndlessFeed(), this.emitter, () -> {
	});

	@Test
	void closingDoesNotWaitForAClientThatDoesNotRead() throws Exception {
		Thread sender = new Thread(this.stream::send);
		sender.start();
		this.emitter.sending.await();
		this.stream.close();
		assertThat(this.emitter.completed).hasValue(0);
		this.emitter.read.countDown();
		sender.join();
		assertThat(this.emitter.completed).hasValue(1);
		assertThat(this.emitter.sent).as("nothing more is sent to a closed stream").hasValue(1);
	}

	@Test
	void closingAnIdleStreamCompletesItOnce() {
		this.emitter.read.countDown();
		this.stream.send();
		this.stream.close();
		this.stream.close();
		this.stream.send();
		assertThat(this.emitter.completed).hasValue(1);
	}

	@Test
	void aClientThatHasGoneIsLeftToTheContainer() {
		this.emitter.read.countDown();
		this.emitter.gone = true;
		this.stream.send();
		this.stream.close();
		assertThat(this.emitter.completed).hasValue(0);
	}

	/**
	 * Always has two pieces of news.
	 */
	private static final class EndlessFeed implements Feed {

		@Override
		public List<Event> news() {
			return List.of(new Event("first", 1), new Event("second", 2));
		}

		@Override
		public boolean isOver() {
			return false;
		}

	}

	/**
	 * As the real one, takes a lock to send and to complete.
	 */
	private static final class SlowEmitter extends SseEmitter {

		final CountDownLatch sending = new CountDownLatch(1);

		final CountDownLatch read = new CountDownLatch(1);

		final AtomicInteger sent = new AtomicInteger();

		final AtomicInteger completed = new AtomicInteger();

		final ReentrantLock writeLock = new ReentrantLock();

		boolean gone;

		@Override
		public void send(SseEventBuilder builder) throws IOException {
			this.writeLock.lock();
			try {
				this.sending.countDown();
				this.read.await();
				this.sent.incrementAndGet();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			finally {
				this.writeLock.unlock();
			}
			if (this.gone) {
				throw new IOException("Broken pipe");
			}
		}

		@Override
		public void complete() {
			this.writeLock.lock();
			this.completed.incrementAndGet();
			this.writeLock.unlock();
		}

	}

}
