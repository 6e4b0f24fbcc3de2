package io.eventloop.oracle;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.LoopFuture;
import io.eventloop.Runner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code runners.py} does.
 */
final class RunnersScenarios {

	private RunnersScenarios() {
	}

	@DisplayName("S34 running a task gives its result or rethrows its error")
	static void runGivesTheResultOrRethrows(ScenarioContext scenario) {
		scenario.attempt("value", () -> EventLoops.run(RunnersScenarios::value));
		scenario.attempt("error", () -> EventLoops.run(RunnersScenarios::error));
	}

	@DisplayName("S18 S42 running a task makes its loop the running one, and closes it")
	static void runMakesTheLoopTheRunningOneAndClosesIt(ScenarioContext scenario) {
		AtomicReference<EventLoop> made = new AtomicReference<>();
		EventLoops.run((loop) -> {
			made.set(EventLoops.getRunningLoop());
			scenario.say(loop.isRunning(), EventLoops.getEventLoop() == made.get());
			return value(loop);
		});
		scenario.say(made.get().isRunning(), made.get().isClosed());
	}

	@DisplayName("S37 running a task where a loop runs is refused")
	static void runIsRefusedWhereALoopRuns(ScenarioContext scenario) {
		EventLoops.run((loop) -> {
			scenario.attempt("run", () -> EventLoops.run(RunnersScenarios::value));
			return value(loop);
		});
	}

	@DisplayName("S38 tasks that are left are cancelled and awaited")
	static void leftoverTasksAreCancelled(ScenarioContext scenario) {
		EventLoops.run((loop) -> {
			loop.createTask(() -> new OnCancel<Void>((work) -> {
				scenario.say("cancelled");
				return work.completeExceptionally(new CancellationException());
			}));
			return started(loop).thenRun(scenario.saying("main ends"));
		});
		scenario.say("ran");
	}

	@DisplayName("S39 the error of a task that was left goes to the exception handler")
	static void errorOfALeftoverTaskGoesToTheHandler(ScenarioContext scenario) {
		EventLoops.run((loop) -> {
			loop.setExceptionHandler((failed, context) -> scenario.say("handler:", context.exception()));
			loop.createTask(() -> new OnCancel<Void>((work) -> work.completeExceptionally(new Oops())));
			return started(loop);
		});
		scenario.say("ran");
	}

	@DisplayName("S41 the policy makes a runner's loop, and has it set once")
	static void policyMakesTheLoopAndHasItSetOnce(ScenarioContext scenario) {
		EventLoops.setEventLoopPolicy(new CountingPolicy(scenario));
		try (Runner runner = new Runner()) {
			runner.run(RunnersScenarios::value);
			runner.run(RunnersScenarios::value);
			scenario.say("ends");
		}
	}

	@DisplayName("S41 a loop factory leaves the policy alone")
	static void loopFactoryLeavesThePolicyAlone(ScenarioContext scenario) {
		EventLoops.setEventLoopPolicy(new CountingPolicy(scenario));
		try (Runner runner = new Runner(null, () -> {
			scenario.say("factory");
			return scenario.kind().newLoop();
		})) {
			runner.run(RunnersScenarios::value);
		}
		scenario.say("ended");
	}

	@DisplayName("S42 S44 a runner keeps its loop from run to run")
	static void runnerKeepsItsLoop(ScenarioContext scenario) {
		EventLoop loop;
		try (Runner runner = new Runner()) {
			loop = runner.getLoop();
			scenario.attempt("first", () -> runner.run(RunnersScenarios::value));
			scenario.attempt("second", () -> runner.run(RunnersScenarios::error));
			scenario.attempt("third", () -> runner.run(RunnersScenarios::value));
			scenario.say(runner.getLoop() == loop, loop.isClosed());
		}
		scenario.say(loop.isClosed());
	}

	@DisplayName("S43 a closed runner takes no more; closing twice is closing once")
	static void closedRunnerTakesNoMore(ScenarioContext scenario) {
		Runner runner = new Runner();
		runner.run(RunnersScenarios::value);
		runner.close();
		runner.close();
		scenario.attempt("run", () -> runner.run(RunnersScenarios::value));
		scenario.attempt("get_loop", runner::getLoop);
	}

	@DisplayName("S36 debug is on, off or left as it comes")
	static void debugHasThreeStates(ScenarioContext scenario) {
		for (Boolean debug : new Boolean[] { true, false, null }) {
			try (Runner runner = new Runner(debug, null)) {
				scenario.say(runner.getLoop().isDebug());
			}
		}
	}

	@DisplayName("S20 S47 after a run there is no current loop")
	static void afterARunThereIsNoCurrentLoop(ScenarioContext scenario) {
		EventLoops.run(RunnersScenarios::value);
		scenario.attempt("get_event_loop", EventLoops::getEventLoop);
		scenario.attempt("get_running_loop", EventLoops::getRunningLoop);
	}

	private static CompletionStage<String> value(EventLoop loop) {
		return CompletableFuture.completedFuture("result");
	}

	private static CompletionStage<String> error(EventLoop loop) {
		return CompletableFuture.failedFuture(new Oops());
	}

	private static LoopFuture<Void> started(EventLoop loop) {
		LoopFuture<Void> started = loop.createFuture();
		loop.callSoon(() -> started.complete(null));
		return started;
	}

	/**
	 * Tells of the calls that a runner makes.
	 */
	private static final class CountingPolicy extends ScenarioContext.Policy {

		private final ScenarioContext scenario;

		CountingPolicy(ScenarioContext scenario) {
			super(scenario);
			this.scenario = scenario;
		}

		@Override
		public EventLoop newEventLoop() {
			this.scenario.say("new loop");
			return super.newEventLoop();
		}

		@Override
		public void setEventLoop(@Nullable EventLoop loop) {
			this.scenario.say("set", (loop != null) ? "loop" : "no loop");
			super.setEventLoop(loop);
		}

	}

}
