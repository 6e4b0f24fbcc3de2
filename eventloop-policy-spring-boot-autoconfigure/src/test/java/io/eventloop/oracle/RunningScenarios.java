package io.eventloop.oracle;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code running.py} does.
 */
final class RunningScenarios {

	private RunningScenarios() {
	}

	@DisplayName("S75 a stop lets the batch end; what it scheduled waits for the next run")
	static void stopLetsTheBatchEnd(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.callSoon(loop::stop);
		loop.callSoon(() -> {
			scenario.say("batch");
			loop.callSoon(scenario.saying("next run"));
		});
		loop.runForever();
		scenario.say("stopped");
		scenario.runOnce(loop);
	}

	@DisplayName("S76 a stop before the run makes one pass")
	static void stopBeforeTheRunMakesOnePass(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.callSoon(() -> loop.callSoon(scenario.saying("second pass")));
		loop.callSoon(scenario.saying("first pass"));
		loop.stop();
		loop.runForever();
		scenario.say("ended");
	}

	@DisplayName("S74 S76 stopping twice is stopping once")
	static void stoppingTwiceIsStoppingOnce(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.stop();
		loop.stop();
		loop.runForever();
		loop.callSoon(() -> loop.callSoon(loop::stop));
		loop.runForever();
		scenario.say("ran until stopped");
	}

	@DisplayName("S78 a stopped loop runs again")
	static void stoppedLoopRunsAgain(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		for (int i = 0; i < 3; i++) {
			loop.callSoon(scenario.saying("run", i));
			loop.callSoon(loop::stop);
			loop.runForever();
		}
	}

	@DisplayName("S79 a loop is running during a run alone")
	static void isRunningDuringARunAlone(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		scenario.say(loop.isRunning());
		loop.callSoon(() -> scenario.say(loop.isRunning()));
		scenario.runOnce(loop);
		scenario.say(loop.isRunning());
	}

	@DisplayName("S80 running the running loop is refused")
	static void runningTheRunningLoopIsRefused(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.callSoon(scenario.attempting("run_forever", loop::runForever));
		loop.callSoon(scenario.attempting("run_until_complete", () -> loop.runUntilComplete(loop.createFuture())));
		scenario.runOnce(loop);
		scenario.say(loop.isRunning());
	}

	@DisplayName("S81 running another loop where one runs is refused")
	static void runningAnotherLoopInsideIsRefused(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		EventLoop other = scenario.newLoop();
		other.callSoon(scenario.saying("never"));
		loop.callSoon(scenario.attempting("run_forever", other::runForever));
		loop.callSoon(scenario.attempting("run_until_complete", () -> other.runUntilComplete(other.createFuture())));
		scenario.runOnce(loop);
		scenario.say(other.isRunning());
	}

	@DisplayName("S86 closing the running loop is refused")
	static void closingTheRunningLoopIsRefused(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.callSoon(scenario.attempting("close", loop::close));
		loop.callSoon(scenario.saying("goes on"));
		scenario.runOnce(loop);
		scenario.say(loop.isClosed());
	}

	@DisplayName("S87 closing twice is closing once, and drops what is scheduled")
	static void closingTwiceIsClosingOnce(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.callSoon(scenario.saying("dropped"));
		scenario.say(loop.isClosed());
		loop.close();
		loop.close();
		scenario.say(loop.isClosed(), loop.isRunning());
	}

	@DisplayName("S73 running a closed loop is refused")
	static void runningAClosedLoopIsRefused(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		LoopFuture<Object> future = loop.createFuture();
		loop.close();
		scenario.attempt("run_forever", loop::runForever);
		scenario.attempt("run_until_complete", () -> loop.runUntilComplete(future));
	}

	@DisplayName("S82 running until a future is done gives its result")
	static void runUntilCompleteGivesTheResult(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		scenario.attempt("task", () -> loop.runUntilComplete(loop.createTask(RunningScenarios::value)));
		LoopFuture<String> future = loop.createFuture();
		loop.callSoon(() -> future.complete("set"));
		scenario.attempt("future", () -> loop.runUntilComplete(future));
		scenario.attempt("again", () -> loop.runUntilComplete(future));
	}

	@DisplayName("S82 running until a future has failed rethrows its error")
	static void runUntilCompleteRethrows(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		scenario.attempt("task",
				() -> loop.runUntilComplete(loop.createTask(() -> CompletableFuture.failedFuture(new Oops()))));
		LoopFuture<String> future = loop.createFuture();
		loop.callSoon(() -> future.completeExceptionally(new Oops()));
		scenario.attempt("future", () -> loop.runUntilComplete(future));
		scenario.say(loop.isRunning());
	}

	@DisplayName("S82 running until a future is cancelled raises that")
	static void runUntilCompleteOfACancelledFuture(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		LoopFuture<String> future = loop.createFuture();
		loop.callSoon(() -> future.cancel(true));
		scenario.attempt("future", () -> loop.runUntilComplete(future));
	}

	@DisplayName("S83 a loop stopped before the future is done is an error, and can run on")
	static void runUntilCompleteIsStopped(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.callSoon(loop::stop);
		LoopFuture<String> future = loop.createFuture();
		scenario.attempt("first", () -> loop.runUntilComplete(future));
		loop.callSoon(() -> future.complete("done"));
		scenario.attempt("second", () -> loop.runUntilComplete(future));
	}

	@DisplayName("S84 a future of another loop is refused")
	static void runUntilCompleteRefusesAFutureOfAnotherLoop(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		LoopFuture<String> future = scenario.newLoop().createFuture();
		scenario.attempt("foreign", () -> loop.runUntilComplete(future));
	}

	@DisplayName("S85 running until a future is done leaves no stop behind")
	static void runUntilCompleteLeavesNoStopBehind(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.runUntilComplete(loop.createTask(RunningScenarios::value));
		loop.callSoon(() -> loop.callSoon(() -> loop.callSoon(loop::stop)));
		loop.callSoon(() -> loop.callSoon(scenario.saying("second pass")));
		loop.runForever();
	}

	@DisplayName("S52 S79 a fatal error leaves the loop, which can run on")
	static void fatalErrorLeavesTheLoop(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.callSoon(RunningScenarios::fatal);
		loop.callSoon(scenario.saying("behind it"));
		scenario.attempt("run_forever", loop::runForever);
		scenario.say(loop.isRunning(), loop.isClosed());
		scenario.runOnce(loop);
	}

	@DisplayName("S85 a fatal error leaves no stop behind")
	static void fatalErrorLeavesNoStopBehind(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.callSoon(RunningScenarios::fatal);
		LoopFuture<String> future = loop.createFuture();
		scenario.attempt("run_until_complete", () -> loop.runUntilComplete(future));
		future.complete("done");
		loop.callSoon(() -> loop.callSoon(() -> loop.callSoon(scenario.saying("third pass"))));
		loop.callSoon(() -> loop.callSoon(() -> loop.callSoon(loop::stop)));
		loop.runForever();
	}

	private static CompletionStage<String> value() {
		return CompletableFuture.completedFuture("result");
	}

	private static void fatal() {
		throw new Fatal();
	}

}
