package io.eventloop.oracle;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code futures.py} does, a done callback being an asynchronous stage.
 */
final class FuturesScenarios {

	private FuturesScenarios() {
	}

	@DisplayName("S58 S82 a done callback waits for the next pass")
	static void doneCallbackWaitsForTheNextPass(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		LoopFuture<String> future = loop.createFuture();
		future.thenAcceptAsync((result) -> scenario.say("called with", result));
		loop.callSoon(() -> future.complete("result"));
		loop.callSoon(scenario.saying("same pass"));
		scenario.runOnce(loop);
		scenario.say("next pass");
		scenario.runOnce(loop);
	}

	@DisplayName("S58 a done callback added after the result waits too")
	static void doneCallbackAddedLateWaitsToo(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		LoopFuture<String> future = loop.createFuture();
		future.complete("result");
		future.thenAcceptAsync((result) -> scenario.say("called with", result));
		scenario.say("added");
		scenario.runOnce(loop);
	}

	@DisplayName("the done callbacks of one future run in the order of CompletableFuture")
	@Differs(row = "LoopFuture", there = { "0", "1", "2" }, here = { "2", "1", "0" })
	static void doneCallbacksOfOneFuture(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		LoopFuture<String> future = loop.createFuture();
		for (int i = 0; i < 3; i++) {
			int number = i;
			future.thenAcceptAsync((result) -> scenario.say(number));
		}
		future.complete(null);
		scenario.runOnce(loop);
	}

	@DisplayName("asking for a result on the loop before it is there is an error")
	static void resultBeforeItIsThereIsAnError(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		LoopFuture<String> future = loop.createFuture();
		loop.callSoon(() -> {
			scenario.attempt("before", future::join);
			future.complete("result");
			scenario.attempt("after", future::join);
		});
		scenario.runOnce(loop);
	}

	@DisplayName("a future is cancelled once, but says so as often as it is asked to")
	@Differs(row = "LoopFuture", there = "true false", here = "true true")
	static void futureCancelledOnce(ScenarioContext scenario) {
		LoopFuture<String> future = scenario.newLoop().createFuture();
		scenario.say(future.isDone(), future.isCancelled());
		scenario.say(future.cancel(true), future.cancel(true));
		scenario.say(future.isDone(), future.isCancelled());
		scenario.attempt("result", future::join);
	}

	@DisplayName("a future that is done is not cancelled")
	static void finishedFutureIsNotCancelled(ScenarioContext scenario) {
		LoopFuture<String> future = scenario.newLoop().createFuture();
		future.complete("result");
		scenario.say(future.cancel(true), future.isDone(), future.isCancelled());
		scenario.attempt("result", future::join);
	}

	@DisplayName("S58 the done callback of a cancelled future waits for the next pass")
	static void doneCallbackOfACancelledFuture(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		LoopFuture<String> future = loop.createFuture();
		future.whenCompleteAsync((result, ex) -> scenario.say("cancelled", future.isCancelled()));
		future.cancel(true);
		scenario.say("asked");
		scenario.runOnce(loop);
	}

	@DisplayName("S82 a future that has failed rethrows its error")
	static void failedFutureRethrows(ScenarioContext scenario) {
		LoopFuture<String> future = scenario.newLoop().createFuture();
		future.completeExceptionally(new Oops());
		scenario.attempt("result", future::join);
		scenario.say(future.isDone(), future.isCancelled());
	}

}
