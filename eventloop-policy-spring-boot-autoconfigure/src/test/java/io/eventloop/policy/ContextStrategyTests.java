package io.eventloop.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.eventloop.EventLoop;
import io.eventloop.LoopContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(30)
class ContextStrategyTests {

	private final List<EventLoop> made = new ArrayList<>();

	@AfterEach
	void closeLoops() {
		this.made.forEach(EventLoop::close);
	}

	@Test
	@DisplayName("S23 inheritable: a thread begins with the loop of the thread that created it")
	void inheritableBeginsWithTheParentsLoop() throws Exception {
		DefaultEventLoopPolicy policy = policy(ContextStrategy.inheritable());
		EventLoop parents = newLoop(policy);
		EventLoop childs = newLoop(policy);
		policy.setEventLoop(parents);
		OtherThread.call("child", () -> {
			assertThat(policy.getEventLoop()).isSameAs(parents);
			policy.setEventLoop(childs);
			assertThat(OtherThread.call("grandchild", policy::getEventLoop)).isSameAs(childs);
			return childs;
		});
		assertThat(policy.getEventLoop()).isSameAs(parents);
	}

	@Test
	@DisplayName("S23 inheritable: what the parent sets later is its own")
	void inheritableTakesWhatWasThereAtCreation() throws Exception {
		DefaultEventLoopPolicy policy = policy(ContextStrategy.inheritable());
		EventLoop early = newLoop(policy);
		policy.setEventLoop(early);
		List<EventLoop> seen = new ArrayList<>();
		Thread child = new Thread(() -> seen.add(policy.getEventLoop()));
		policy.setEventLoop(newLoop(policy));
		child.start();
		child.join(10_000);
		assertThat(seen).containsExactly(early);
	}

	@Test
	@DisplayName("S23 perProcess: every thread has the loop of the process, which is made on demand")
	void perProcessIsOneForTheProcess() throws Exception {
		DefaultEventLoopPolicy policy = new DefaultEventLoopPolicy(ContextStrategy.perProcess(), null);
		EventLoop loop = OtherThread.call("worker", policy::getEventLoop);
		this.made.add(loop);
		assertThat(policy.getEventLoop()).isSameAs(loop);
		assertThat(policy.contexts()).containsExactly(new LoopContext("process", loop));
		policy.setEventLoop(null);
		OtherThread.call("worker", () -> assertThatIllegalStateException().isThrownBy(policy::getEventLoop));
	}

	@Test
	@DisplayName("S23 perProcess: threads that ask at once are given one loop")
	void perProcessMakesOneLoopInARace() throws Exception {
		DefaultEventLoopPolicy policy = new DefaultEventLoopPolicy(ContextStrategy.perProcess(), null);
		int threads = 8;
		CyclicBarrier together = new CyclicBarrier(threads);
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			Callable<EventLoop> ask = () -> {
				together.await();
				return policy.getEventLoop();
			};
			List<Future<EventLoop>> answers = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				answers.add(executor.submit(ask));
			}
			EventLoop loop = policy.getEventLoop();
			this.made.add(loop);
			for (Future<EventLoop> answer : answers) {
				assertThat(answer.get()).isSameAs(loop);
			}
		}
		finally {
			executor.shutdown();
		}
	}

	@Test
	@DisplayName("S23 a strategy of one's own: a loop per tenant, whatever the thread")
	void aLoopPerTenant() throws Exception {
		PerTenant tenants = new PerTenant();
		DefaultEventLoopPolicy policy = policy(tenants);
		EventLoop a = newLoop(policy);
		EventLoop b = newLoop(policy);
		tenants.as("a", () -> policy.setEventLoop(a));
		tenants.as("b", () -> policy.setEventLoop(b));
		OtherThread.call("worker", () -> {
			tenants.as("a", () -> assertThat(policy.getEventLoop()).isSameAs(a));
			tenants.as("b", () -> assertThat(policy.getEventLoop()).isSameAs(b));
			tenants.as("c", () -> assertThatIllegalStateException().isThrownBy(policy::getEventLoop));
			return a;
		});
		assertThat(policy.contexts()).extracting(LoopContext::name).containsExactlyInAnyOrder("a", "b");
	}

	private DefaultEventLoopPolicy policy(ContextStrategy contexts) {
		return new DefaultEventLoopPolicy(contexts, Thread.currentThread());
	}

	private EventLoop newLoop(DefaultEventLoopPolicy policy) {
		EventLoop loop = policy.newEventLoop();
		this.made.add(loop);
		return loop;
	}

	private static final class PerTenant implements ContextStrategy {

		private final ThreadLocal<String> tenant = ThreadLocal.withInitial(() -> "none");

		private final Map<String, LoopSlot> slots = new ConcurrentHashMap<>();

		@Override
		public LoopSlot current() {
			return this.slots.computeIfAbsent(this.tenant.get(), LoopSlot::new);
		}

		void as(String name, Runnable code) {
			this.tenant.set(name);
			try {
				code.run();
			}
			finally {
				this.tenant.remove();
			}
		}

	}

}
