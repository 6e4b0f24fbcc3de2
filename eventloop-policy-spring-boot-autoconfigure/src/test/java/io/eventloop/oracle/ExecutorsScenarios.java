package io.eventloop.oracle;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code executors.py} does.
 */
final class ExecutorsScenarios {

	private static final ThreadFactory MINE = (code) -> new Thread(code, "mine");

	private ExecutorsScenarios() {
	}

	@DisplayName("S92 the result of the default executor arrives on the loop")
	static void resultOfTheDefaultExecutorArrivesOnTheLoop(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		Thread thread = Thread.currentThread();
		loop.runUntilComplete(loop.createTask(() -> {
			scenario.say("on the loop", Thread.currentThread() == thread);
			return loop.runInExecutor(null, Thread::currentThread).thenAccept((elsewhere) -> {
				scenario.say("on the loop", elsewhere == thread);
				scenario.say("on the loop", Thread.currentThread() == thread);
			});
		}));
	}

	@DisplayName("S92 work that fails fails its future")
	static void workThatFails(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		scenario.attempt("work", () -> loop.runUntilComplete(loop.runInExecutor(null, () -> {
			throw new Oops();
		})));
	}

	@DisplayName("S92 work runs on the executor that was named")
	static void executorOfTheCallers(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		ExecutorService executor = Executors.newSingleThreadExecutor(MINE);
		scenario.say(loop.runUntilComplete(loop.runInExecutor(executor, () -> Thread.currentThread().getName()))
			.startsWith("mine"));
		executor.shutdown();
	}

	@DisplayName("S87 S94 the default executor that was set is used, and shut down by the close")
	static void defaultExecutorThatWasSet(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		ExecutorService executor = Executors.newSingleThreadExecutor(MINE);
		loop.setDefaultExecutor(executor);
		scenario.say(loop.runUntilComplete(loop.runInExecutor(null, () -> Thread.currentThread().getName()))
			.startsWith("mine"));
		loop.close();
		scenario.say(executor.isShutdown());
	}

	@DisplayName("S93 work cancelled before it begins never runs")
	static void workCancelledBeforeItBeginsNeverRuns(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		CountDownLatch gate = new CountDownLatch(1);
		ExecutorService executor = Executors.newSingleThreadExecutor(MINE);
		LoopFuture<Void> first = loop.runInExecutor(executor, () -> {
			gate.await();
			return null;
		});
		LoopFuture<Void> second = loop.runInExecutor(executor, () -> {
			scenario.say("never");
			return null;
		});
		scenario.say(second.cancel(true));
		scenario.runOnce(loop);
		gate.countDown();
		loop.runUntilComplete(first);
		executor.shutdown();
		scenario.say(second.isCancelled());
	}

	@DisplayName("S95 a default executor that was shut down takes no more")
	static void defaultExecutorShutDownTakesNoMore(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.runUntilComplete(loop.runInExecutor(null, Executors.callable(scenario.saying("work"))));
		loop.runUntilComplete(loop.shutdownDefaultExecutor());
		scenario.attempt("run_in_executor",
				() -> loop.runInExecutor(null, Executors.callable(scenario.saying("never"))));
	}

	@DisplayName("S95 the shutdown of the default executor waits for its work")
	static void shutdownWaitsForWork(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		CountDownLatch gate = new CountDownLatch(1);
		loop.runInExecutor(null, () -> {
			gate.await();
			scenario.say("work ends");
			return null;
		});
		loop.callSoon(gate::countDown);
		loop.runUntilComplete(loop.shutdownDefaultExecutor());
		scenario.say("shut down");
	}

}
