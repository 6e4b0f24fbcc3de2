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
	static void stopLetsTheBatchEnd(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.callSoon(loop::stop);
		loop.callSoon(() -> {
			scene.say("batch");
			loop.callSoon(scene.saying("next run"));
		});
		loop.runForever();
		scene.say("stopped");
		scene.runOnce(loop);
	}

	@DisplayName("S76 a stop before the run makes one pass")
	static void stopBeforeTheRunMakesOnePass(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.callSoon(() -> loop.callSoon(scene.saying("second pass")));
		loop.callSoon(scene.saying("first pass"));
		loop.stop();
		loop.runForever();
		scene.say("ended");
	}

	@DisplayName("S74 S76 stopping twice is stopping once")
	static void stoppingTwiceIsStoppingOnce(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.stop();
		loop.stop();
		loop.runForever();
		loop.callSoon(() -> loop.callSoon(loop::stop));
		loop.runForever();
		scene.say("ran until stopped");
	}

	@DisplayName("S78 a stopped loop runs again")
	static void stoppedLoopRunsAgain(Scene scene) {
		EventLoop loop = scene.newLoop();
		for (int i = 0; i < 3; i++) {
			loop.callSoon(scene.saying("run", i));
			loop.callSoon(loop::stop);
			loop.runForever();
		}
	}

	@DisplayName("S79 a loop is running during a run alone")
	static void isRunningDuringARunAlone(Scene scene) {
		EventLoop loop = scene.newLoop();
		scene.say(loop.isRunning());
		loop.callSoon(() -> scene.say(loop.isRunning()));
		scene.runOnce(loop);
		scene.say(loop.isRunning());
	}

	@DisplayName("S80 running the running loop is refused")
	static void runningTheRunningLoopIsRefused(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.callSoon(scene.attempting("run_forever", loop::runForever));
		loop.callSoon(scene.attempting("run_until_complete", () -> loop.runUntilComplete(loop.createFuture())));
		scene.runOnce(loop);
		scene.say(loop.isRunning());
	}

	@DisplayName("S81 running another loop where one runs is refused")
	static void runningAnotherLoopInsideIsRefused(Scene scene) {
		EventLoop loop = scene.newLoop();
		EventLoop other = scene.newLoop();
		other.callSoon(scene.saying("never"));
		loop.callSoon(scene.attempting("run_forever", other::runForever));
		loop.callSoon(scene.attempting("run_until_complete", () -> other.runUntilComplete(other.createFuture())));
		scene.runOnce(loop);
		scene.say(other.isRunning());
	}

	@DisplayName("S86 closing the running loop is refused")
	static void closingTheRunningLoopIsRefused(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.callSoon(scene.attempting("close", loop::close));
		loop.callSoon(scene.saying("goes on"));
		scene.runOnce(loop);
		scene.say(loop.isClosed());
	}

	@DisplayName("S87 closing twice is closing once, and drops what is scheduled")
	static void closingTwiceIsClosingOnce(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.callSoon(scene.saying("dropped"));
		scene.say(loop.isClosed());
		loop.close();
		loop.close();
		scene.say(loop.isClosed(), loop.isRunning());
	}

	@DisplayName("S73 running a closed loop is refused")
	static void runningAClosedLoopIsRefused(Scene scene) {
		EventLoop loop = scene.newLoop();
		LoopFuture<Object> future = loop.createFuture();
		loop.close();
		scene.attempt("run_forever", loop::runForever);
		scene.attempt("run_until_complete", () -> loop.runUntilComplete(future));
	}

	@DisplayName("S82 running until a future is done gives its result")
	static void runUntilCompleteGivesTheResult(Scene scene) {
		EventLoop loop = scene.newLoop();
		scene.attempt("task", () -> loop.runUntilComplete(loop.createTask(RunningScenarios::value)));
		LoopFuture<String> future = loop.createFuture();
		loop.callSoon(() -> future.complete("set"));
		scene.attempt("future", () -> loop.runUntilComplete(future));
		scene.attempt("again", () -> loop.runUntilComplete(future));
	}

	@DisplayName("S82 running until a future has failed rethrows its error")
	static void runUntilCompleteRethrows(Scene scene) {
		EventLoop loop = scene.newLoop();
		scene.attempt("task",
				() -> loop.runUntilComplete(loop.createTask(() -> CompletableFuture.failedFuture(new Oops()))));
		LoopFuture<String> future = loop.createFuture();
		loop.callSoon(() -> future.completeExceptionally(new Oops()));
		scene.attempt("future", () -> loop.runUntilComplete(future));
		scene.say(loop.isRunning());
	}

	@DisplayName("S82 running until a future is cancelled raises that")
	static void runUntilCompleteOfACancelledFuture(Scene scene) {
		EventLoop loop = scene.newLoop();
		LoopFuture<String> future = loop.createFuture();
		loop.callSoon(() -> future.cancel(true));
		scene.attempt("future", () -> loop.runUntilComplete(future));
	}

	@DisplayName("S83 a loop stopped before the future is done is an error, and can run on")
	static void runUntilCompleteIsStopped(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.callSoon(loop::stop);
		LoopFuture<String> future = loop.createFuture();
		scene.attempt("first", () -> loop.runUntilComplete(future));
		loop.callSoon(() -> future.complete("done"));
		scene.attempt("second", () -> loop.runUntilComplete(future));
	}

	@DisplayName("S84 a future of another loop is refused")
	static void runUntilCompleteRefusesAFutureOfAnotherLoop(Scene scene) {
		EventLoop loop = scene.newLoop();
		LoopFuture<String> future = scene.newLoop().createFuture();
		scene.attempt("foreign", () -> loop.runUntilComplete(future));
	}

	@DisplayName("S85 running until a future is done leaves no stop behind")
	static void runUntilCompleteLeavesNoStopBehind(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.runUntilComplete(loop.createTask(RunningScenarios::value));
		loop.callSoon(() -> loop.callSoon(() -> loop.callSoon(loop::stop)));
		loop.callSoon(() -> loop.callSoon(scene.saying("second pass")));
		loop.runForever();
	}

	@DisplayName("S52 S79 a fatal error leaves the loop, which can run on")
	static void fatalErrorLeavesTheLoop(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.callSoon(RunningScenarios::fatal);
		loop.callSoon(scene.saying("behind it"));
		scene.attempt("run_forever", loop::runForever);
		scene.say(loop.isRunning(), loop.isClosed());
		scene.runOnce(loop);
	}

	@DisplayName("S85 a fatal error leaves no stop behind")
	static void fatalErrorLeavesNoStopBehind(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.callSoon(RunningScenarios::fatal);
		LoopFuture<String> future = loop.createFuture();
		scene.attempt("run_until_complete", () -> loop.runUntilComplete(future));
		future.complete("done");
		loop.callSoon(() -> loop.callSoon(() -> loop.callSoon(scene.saying("third pass"))));
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
