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
	static void runGivesTheResultOrRethrows(Scene scene) {
		scene.attempt("value", () -> EventLoops.run(RunnersScenarios::value));
		scene.attempt("error", () -> EventLoops.run(RunnersScenarios::error));
	}

	@DisplayName("S18 S42 running a task makes its loop the running one, and closes it")
	static void runMakesTheLoopTheRunningOneAndClosesIt(Scene scene) {
		AtomicReference<EventLoop> made = new AtomicReference<>();
		EventLoops.run((loop) -> {
			made.set(EventLoops.getRunningLoop());
			scene.say(loop.isRunning(), EventLoops.getEventLoop() == made.get());
			return value(loop);
		});
		scene.say(made.get().isRunning(), made.get().isClosed());
	}

	@DisplayName("S37 running a task where a loop runs is refused")
	static void runIsRefusedWhereALoopRuns(Scene scene) {
		EventLoops.run((loop) -> {
			scene.attempt("run", () -> EventLoops.run(RunnersScenarios::value));
			return value(loop);
		});
	}

	@DisplayName("S38 tasks that are left are cancelled and awaited")
	static void leftoverTasksAreCancelled(Scene scene) {
		EventLoops.run((loop) -> {
			loop.createTask(() -> new OnCancel<Void>((work) -> {
				scene.say("cancelled");
				return work.completeExceptionally(new CancellationException());
			}));
			return started(loop).thenRun(scene.saying("main ends"));
		});
		scene.say("ran");
	}

	@DisplayName("S39 the error of a task that was left goes to the exception handler")
	static void errorOfALeftoverTaskGoesToTheHandler(Scene scene) {
		EventLoops.run((loop) -> {
			loop.setExceptionHandler((failed, context) -> scene.say("handler:", context.exception()));
			loop.createTask(() -> new OnCancel<Void>((work) -> work.completeExceptionally(new Oops())));
			return started(loop);
		});
		scene.say("ran");
	}

	@DisplayName("S41 the policy makes a runner's loop, and has it set once")
	static void policyMakesTheLoopAndHasItSetOnce(Scene scene) {
		EventLoops.setEventLoopPolicy(new CountingPolicy(scene));
		try (Runner runner = new Runner()) {
			runner.run(RunnersScenarios::value);
			runner.run(RunnersScenarios::value);
			scene.say("ends");
		}
	}

	@DisplayName("S41 a loop factory leaves the policy alone")
	static void loopFactoryLeavesThePolicyAlone(Scene scene) {
		EventLoops.setEventLoopPolicy(new CountingPolicy(scene));
		try (Runner runner = new Runner(null, () -> {
			scene.say("factory");
			return scene.kind().newLoop();
		})) {
			runner.run(RunnersScenarios::value);
		}
		scene.say("ended");
	}

	@DisplayName("S42 S44 a runner keeps its loop from run to run")
	static void runnerKeepsItsLoop(Scene scene) {
		EventLoop loop;
		try (Runner runner = new Runner()) {
			loop = runner.getLoop();
			scene.attempt("first", () -> runner.run(RunnersScenarios::value));
			scene.attempt("second", () -> runner.run(RunnersScenarios::error));
			scene.attempt("third", () -> runner.run(RunnersScenarios::value));
			scene.say(runner.getLoop() == loop, loop.isClosed());
		}
		scene.say(loop.isClosed());
	}

	@DisplayName("S43 a closed runner takes no more; closing twice is closing once")
	static void closedRunnerTakesNoMore(Scene scene) {
		Runner runner = new Runner();
		runner.run(RunnersScenarios::value);
		runner.close();
		runner.close();
		scene.attempt("run", () -> runner.run(RunnersScenarios::value));
		scene.attempt("get_loop", runner::getLoop);
	}

	@DisplayName("S36 debug is on, off or left as it comes")
	static void debugHasThreeStates(Scene scene) {
		for (Boolean debug : new Boolean[] { true, false, null }) {
			try (Runner runner = new Runner(debug, null)) {
				scene.say(runner.getLoop().isDebug());
			}
		}
	}

	@DisplayName("S20 S47 after a run there is no current loop")
	static void afterARunThereIsNoCurrentLoop(Scene scene) {
		EventLoops.run(RunnersScenarios::value);
		scene.attempt("get_event_loop", EventLoops::getEventLoop);
		scene.attempt("get_running_loop", EventLoops::getRunningLoop);
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
	private static final class CountingPolicy extends Scene.Policy {

		private final Scene scene;

		CountingPolicy(Scene scene) {
			super(scene);
			this.scene = scene;
		}

		@Override
		public EventLoop newEventLoop() {
			this.scene.say("new loop");
			return super.newEventLoop();
		}

		@Override
		public void setEventLoop(@Nullable EventLoop loop) {
			this.scene.say("set", (loop != null) ? "loop" : "no loop");
			super.setEventLoop(loop);
		}

	}

}
