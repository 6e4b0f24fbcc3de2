package io.eventloop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.policy.DefaultEventLoopPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(30)
class EventLoopsTests {

	@BeforeEach
	@AfterEach
	void restorePolicy() {
		EventLoops.setEventLoopPolicy(null);
	}

	@Test
	@DisplayName("S2 the policy is made on first demand, and is the same from then on")
	void policyIsMadeOnFirstDemand() {
		EventLoopPolicy policy = EventLoops.getEventLoopPolicy();
		assertThat(policy).isExactlyInstanceOf(DefaultEventLoopPolicy.class);
		assertThat(EventLoops.getEventLoopPolicy()).isSameAs(policy);
	}

	@RepeatedTest(50)
	@DisplayName("S3 threads that ask first at once see one policy")
	void concurrentFirstCallersSeeOnePolicy() throws Exception {
		int threads = 8;
		CyclicBarrier together = new CyclicBarrier(threads);
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Future<EventLoopPolicy>> answers = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				answers.add(executor.submit(() -> {
					together.await();
					return EventLoops.getEventLoopPolicy();
				}));
			}
			for (Future<EventLoopPolicy> answer : answers) {
				assertThat(answer.get()).isSameAs(EventLoops.getEventLoopPolicy());
			}
		}
		finally {
			executor.shutdown();
		}
	}

	@Test
	@DisplayName("S4 the policy that was set is the policy")
	void policyCanBeSet() {
		EventLoopPolicy policy = new DefaultEventLoopPolicy();
		EventLoops.setEventLoopPolicy(policy);
		assertThat(EventLoops.getEventLoopPolicy()).isSameAs(policy);
	}

	@Test
	@DisplayName("S5 null restores the default: the next demand makes a fresh one")
	void nullRestoresTheDefault() {
		EventLoopPolicy before = EventLoops.getEventLoopPolicy();
		EventLoops.setEventLoopPolicy(new OwnPolicy());
		EventLoops.setEventLoopPolicy(null);
		assertThat(EventLoops.getEventLoopPolicy()).isExactlyInstanceOf(DefaultEventLoopPolicy.class)
			.isNotSameAs(before);
	}

	@Test
	@DisplayName("S6 replacing the policy neither closes nor moves loops")
	void replacingThePolicyLeavesLoopsAlone() {
		EventLoopPolicy first = new DefaultEventLoopPolicy();
		EventLoopPolicy second = new DefaultEventLoopPolicy();
		EventLoops.setEventLoopPolicy(first);
		try (EventLoop loop = EventLoops.newEventLoop()) {
			EventLoops.setEventLoop(loop);
			EventLoops.setEventLoopPolicy(second);
			EventLoops.setEventLoop(null);
			assertThatIllegalStateException().isThrownBy(EventLoops::getEventLoop);
			assertThat(loop.isClosed()).isFalse();
			EventLoops.setEventLoopPolicy(first);
			assertThat(EventLoops.getEventLoop()).isSameAs(loop);
		}
	}

	@Test
	@DisplayName("S18 S22 inside a running loop that loop is answered, and the policy is not asked")
	void runningLoopComesFirst() {
		OwnPolicy policy = new OwnPolicy();
		EventLoops.setEventLoopPolicy(policy);
		try (EventLoop loop = new SelectorEventLoop()) {
			List<EventLoop> seen = new ArrayList<>();
			runOnce(loop, () -> seen.add(EventLoops.getEventLoop()));
			assertThat(seen).containsExactly(loop);
		}
		assertThat(policy.calls).isEmpty();
	}

	@Test
	@DisplayName("S19 S22 outside a running loop the policy is asked, errors included")
	void policyIsAskedOutsideARunningLoop() {
		OwnPolicy policy = new OwnPolicy();
		EventLoops.setEventLoopPolicy(policy);
		assertThatExceptionOfType(OwnPolicy.Refusal.class).isThrownBy(EventLoops::getEventLoop);
		assertThat(policy.calls).containsExactly("getEventLoop");
	}

	@Test
	@DisplayName("S20 the running loop is asked for in two ways: an error, or null, where none runs")
	void runningLoop() {
		assertThatIllegalStateException().isThrownBy(EventLoops::getRunningLoop)
			.withMessageContaining("No event loop runs in thread '%s'", Thread.currentThread().getName());
		assertThat(EventLoops.findRunningLoop()).isNull();
		try (EventLoop loop = new SelectorEventLoop()) {
			List<@Nullable EventLoop> seen = new ArrayList<>();
			runOnce(loop, () -> {
				seen.add(EventLoops.getRunningLoop());
				seen.add(EventLoops.findRunningLoop());
			});
			assertThat(seen).containsExactly(loop, loop);
		}
		assertThat(EventLoops.findRunningLoop()).isNull();
	}

	@Test
	@DisplayName("S21 the running loop is per thread")
	void runningLoopIsPerThread() {
		try (EventLoop loop = new SelectorEventLoop()) {
			LoopFuture<Boolean> elsewhere = loop.runInExecutor(null, () -> EventLoops.findRunningLoop() == null);
			assertThat(loop.runUntilComplete(elsewhere)).isTrue();
		}
	}

	@Test
	@DisplayName("S24 the functions for loops and watchers are the policy's")
	void functionsDelegateToThePolicy() {
		OwnPolicy policy = new OwnPolicy();
		EventLoops.setEventLoopPolicy(policy);
		EventLoops.setEventLoop(null);
		assertThatExceptionOfType(OwnPolicy.Refusal.class).isThrownBy(EventLoops::newEventLoop);
		assertThatExceptionOfType(OwnPolicy.Refusal.class).isThrownBy(EventLoops::getChildWatcher);
		EventLoops.setChildWatcher(null);
		assertThat(policy.calls).containsExactly("setEventLoop", "newEventLoop", "getChildWatcher", "setChildWatcher");
	}

	@Test
	@DisplayName("S23 what asks the policy follows a policy of one's own")
	void aPolicyOfOnesOwnIsFollowed() {
		try (EventLoop global = new SelectorEventLoop()) {
			EventLoops.setEventLoopPolicy(new OwnPolicy() {

				@Override
				public EventLoop getEventLoop() {
					return global;
				}

			});
			assertThat(EventLoops.getEventLoop()).isSameAs(global);
		}
	}

	private static void runOnce(EventLoop loop, Runnable callback) {
		loop.callSoon(callback);
		loop.callSoon(loop::stop);
		loop.runForever();
	}

	/**
	 * Records the calls, and refuses where it would have to answer something.
	 */
	private static class OwnPolicy implements EventLoopPolicy {

		final List<String> calls = new ArrayList<>();

		@Override
		public EventLoop getEventLoop() {
			throw refuse("getEventLoop");
		}

		@Override
		public void setEventLoop(@Nullable EventLoop loop) {
			this.calls.add("setEventLoop");
		}

		@Override
		public EventLoop newEventLoop() {
			throw refuse("newEventLoop");
		}

		@Override
		public ChildWatcher getChildWatcher() {
			throw refuse("getChildWatcher");
		}

		@Override
		public void setChildWatcher(@Nullable ChildWatcher watcher) {
			this.calls.add("setChildWatcher");
		}

		private Refusal refuse(String call) {
			this.calls.add(call);
			return new Refusal();
		}

		private static final class Refusal extends RuntimeException {

			private static final long serialVersionUID = 1L;

		}

	}

}
