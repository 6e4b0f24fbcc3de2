package io.eventloop.metrics;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

import com.sun.management.ThreadMXBean;
import io.eventloop.CapturedContext;
import io.eventloop.CapturedContext.Scope;
import io.eventloop.EventLoop;
import io.eventloop.loop.SelectorEventLoop;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(60)
@SuppressWarnings("try") // Scopes are there to end
class ThreadLocalCaptureTests {

	private final EventLoop loop = new SelectorEventLoop();

	private final List<Object> seen = new ArrayList<>();

	@AfterEach
	void close() {
		this.loop.close();
		MDC.clear();
	}

	@Test
	@DisplayName("S50 a loop carries the MDC, without any setting")
	void mdcIsCarried() {
		MDC.put("order", "4711");
		CompletableFuture<String> found = this.loop.createTask(() -> CompletableFuture.completedFuture(order()));
		CompletableFuture<String> inExecutor = this.loop.runInExecutor(null, ThreadLocalCaptureTests::order);
		MDC.put("order", "another");
		assertThat(this.loop.runUntilComplete(found)).isEqualTo("4711");
		assertThat(this.loop.runUntilComplete(inExecutor)).isEqualTo("4711");
		assertThat(order()).isEqualTo("another");
	}

	@Test
	@DisplayName("S50 what a callback puts into the MDC ends with it, where it runs in a context")
	void changesEndWithTheCallback() {
		MDC.put("order", "4711");
		this.loop.callSoon(() -> MDC.put("left", "behind"));
		MDC.clear();
		this.loop.callSoon(() -> this.seen.add(String.valueOf(MDC.get("left"))));
		runOnce();
		assertThat(this.seen).containsExactly("null");
	}

	@Test
	@DisplayName("S50 a loop carries the observation, and with it the trace")
	void observationIsCarried() {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler((context) -> true);
		ContextRegistry registry = new ContextRegistry()
			.registerThreadLocalAccessor(new ObservationThreadLocalAccessor(observations));
		this.loop.setContextCapture(new ThreadLocalCapture(registry));
		Observation request = Observation.start("request", observations);
		try (Observation.Scope scope = request.openScope()) {
			this.loop.callSoon(() -> this.seen.add(observations.getCurrentObservation()));
		}
		MDC.put("order", "4711");
		this.loop.callSoon(() -> this.seen.add(observations.getCurrentObservation() == null));
		MDC.clear();
		runOnce();
		assertThat(this.seen).containsExactly(request, true);
		assertThat(observations.getCurrentObservation()).isNull();
	}

	@Test
	@DisplayName("S50 what the scheduling thread had no value of is not there in the callback either")
	void missingValuesAreTakenAway() {
		ThreadLocal<String> tenant = new ThreadLocal<>();
		ThreadLocalCapture capture = new ThreadLocalCapture(
				new ContextRegistry().registerThreadLocalAccessor("tenant", tenant));
		MDC.put("order", "4711");
		CapturedContext captured = capture.capture();
		MDC.clear();
		tenant.set("loop's");
		try (Scope scope = captured.open()) {
			assertThat(tenant.get()).isNull();
			assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("order", "4711"));
		}
		assertThat(tenant.get()).isEqualTo("loop's");
		assertThat(order()).isNull();
	}

	@Test
	@DisplayName("S50 a value that cannot be set or taken back keeps no other from being taken back")
	void failingAccessor() {
		ThreadLocal<String> tenant = new ThreadLocal<>();
		FailingAccessor failing = new FailingAccessor();
		ContextRegistry registry = new ContextRegistry().registerThreadLocalAccessor("tenant", tenant)
			.registerThreadLocalAccessor(failing);
		tenant.set("captured");
		CapturedContext captured = new ThreadLocalCapture(registry).capture();
		tenant.set("loop's");
		failing.failsToSet = true;
		assertThatIllegalStateException().isThrownBy(captured::open);
		assertThat(tenant.get()).isEqualTo("loop's");
		failing.failsToSet = false;
		Scope scope = captured.open();
		assertThat(tenant.get()).isEqualTo("captured");
		failing.failsToRestore = true;
		assertThatIllegalStateException().isThrownBy(scope::close);
		assertThat(tenant.get()).isEqualTo("loop's");
	}

	@Test
	@DisplayName("S50 accessors may come and go while contexts are captured")
	void accessorsComeAndGo() throws InterruptedException {
		ContextRegistry registry = new ContextRegistry();
		ThreadLocalCapture capture = new ThreadLocalCapture(registry);
		MDC.put("order", "4711");
		Thread changing = new Thread(() -> {
			for (int i = 0; i < 20_000; i++) {
				registry.registerThreadLocalAccessor("tenant", ThreadLocal.withInitial(() -> "any"));
				registry.removeThreadLocalAccessor("tenant");
			}
		});
		changing.start();
		while (changing.isAlive()) {
			try (Scope scope = capture.capture().open()) {
				assertThat(order()).isEqualTo("4711");
			}
		}
		changing.join();
	}

	@Test
	@DisplayName("S50 there is nothing to carry where no thread-local has a value")
	void nothingToCarry() {
		assertThat(this.loop.captureContext()).isNull();
		MDC.put("order", "4711");
		assertThat(this.loop.captureContext()).isNotNull();
		MDC.remove("order");
		assertThat(this.loop.captureContext()).isNull();
	}

	@Test
	@DisplayName("S50 the system property eventloop.context-propagation=false switches it off")
	void systemPropertySwitchesItOff() {
		System.setProperty("eventloop.context-propagation", "false");
		try (EventLoop without = new SelectorEventLoop()) {
			MDC.put("order", "4711");
			assertThat(without.captureContext()).isNull();
			assertThat(this.loop.captureContext()).isNotNull();
		}
		finally {
			System.clearProperty("eventloop.context-propagation");
		}
	}

	@Test
	@DisplayName("S50 with nothing to carry a callback allocates its handle and nothing else")
	void nothingToCarryAllocatesNothing() {
		MDC.put("order", "4711");
		MDC.remove("order");
		allocatedByAChainOf(10_000);
		long least = LongStream.range(0, 5).map((i) -> allocatedByAChainOf(100_000)).min().orElseThrow();
		assertThat(least / 100_000.0).isBetween(16.0, 40.0);
	}

	private long allocatedByAChainOf(int callbacks) {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		Runnable chain = new Runnable() {

			private int left = callbacks;

			@Override
			public void run() {
				if (--this.left > 0) {
					ThreadLocalCaptureTests.this.loop.callSoon(this);
				}
				else {
					ThreadLocalCaptureTests.this.loop.stop();
				}
			}

		};
		long before = threads.getCurrentThreadAllocatedBytes();
		this.loop.callSoon(chain);
		this.loop.runForever();
		return threads.getCurrentThreadAllocatedBytes() - before;
	}

	private static String order() {
		return MDC.get("order");
	}

	private void runOnce() {
		this.loop.stop();
		this.loop.runForever();
	}

	/**
	 * Has a value always, and fails when told to.
	 */
	private static final class FailingAccessor implements ThreadLocalAccessor<String> {

		private boolean failsToSet;

		private boolean failsToRestore;

		@Override
		public Object key() {
			return "failing";
		}

		@Override
		public String getValue() {
			return "value";
		}

		@Override
		public void setValue(String value) {
			if (this.failsToSet) {
				throw new IllegalStateException("cannot be set");
			}
		}

		@Override
		public void setValue() {
		}

		@Override
		public void restore(String previous) {
			if (this.failsToRestore) {
				throw new IllegalStateException("cannot be restored");
			}
		}

	}

}
