package io.eventloop.policy;

import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;

import io.eventloop.EventLoop;
import io.eventloop.LoopContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class PolicyContextsTests {

	private final DefaultEventLoopPolicy policy = new DefaultEventLoopPolicy(Thread.currentThread());

	@Test
	void aContextIsNamedAfterItsThread() throws Exception {
		try (EventLoop loop = this.policy.newEventLoop()) {
			assertThat(OtherThread.call("import-worker", () -> {
				this.policy.setEventLoop(loop);
				return this.policy.contexts();
			})).containsExactly(new LoopContext("import-worker", loop));
		}
	}

	@Test
	void aLongNameIsCutAndABlankOneReplaced() throws Exception {
		try (EventLoop loop = this.policy.newEventLoop()) {
			assertThat(nameInThread("x".repeat(100), loop)).isEqualTo("x".repeat(64));
			assertThat(nameInThread("", loop)).isEqualTo("unnamed");
		}
	}

	@Test
	void aContextWithoutALoopIsNotListed() {
		assertThat(this.policy.contexts()).isEmpty();
		try (EventLoop loop = this.policy.newEventLoop()) {
			this.policy.setEventLoop(loop);
			assertThat(this.policy.contexts()).hasSize(1);
			this.policy.setEventLoop(null);
			assertThat(this.policy.contexts()).isEmpty();
		}
	}

	@Test
	void aClosedLoopDropsOut() {
		EventLoop loop = this.policy.newEventLoop();
		this.policy.setEventLoop(loop);
		loop.close();
		assertThat(this.policy.contexts()).isEmpty();
	}

	@Test
	void aThreadThatHasEndedDropsOut() throws Exception {
		try (EventLoop loop = this.policy.newEventLoop()) {
			OtherThread.call("worker", () -> {
				this.policy.setEventLoop(loop);
				return loop;
			});
			assertThat(this.policy.contexts()).isEmpty();
		}
	}

	@Test
	void aThreadThatHasEndedIsNotHeld() throws Exception {
		CountDownLatch set = new CountDownLatch(1);
		try (EventLoop loop = this.policy.newEventLoop()) {
			Thread thread = new Thread(() -> {
				this.policy.setEventLoop(loop);
				set.countDown();
			});
			thread.start();
			set.await();
			WeakReference<Thread> held = new WeakReference<>(thread);
			thread = null;
			Awaitility.await().until(() -> {
				System.gc();
				return held.refersTo(null);
			});
		}
	}

	@Test
	void loopsAreCountedWhenMadeAndWhenClosed() {
		EventLoop first = this.policy.newEventLoop();
		EventLoop second = this.policy.newEventLoop();
		first.close();
		first.close();
		assertThat(this.policy.loopsCreated()).isEqualTo(2);
		assertThat(this.policy.loopsClosed()).isEqualTo(1);
		second.close();
		assertThat(this.policy.loopsClosed()).isEqualTo(2);
	}

	private String nameInThread(String thread, EventLoop loop) throws Exception {
		return OtherThread.call(thread, () -> {
			this.policy.setEventLoop(loop);
			return this.policy.contexts().get(0).name();
		});
	}

}
