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
	static void doneCallbackWaitsForTheNextPass(Scene scene) {
		EventLoop loop = scene.newLoop();
		LoopFuture<String> future = loop.createFuture();
		future.thenAcceptAsync((result) -> scene.say("called with", result));
		loop.callSoon(() -> future.complete("result"));
		loop.callSoon(scene.saying("same pass"));
		scene.runOnce(loop);
		scene.say("next pass");
		scene.runOnce(loop);
	}

	@DisplayName("S58 a done callback added after the result waits too")
	static void doneCallbackAddedLateWaitsToo(Scene scene) {
		EventLoop loop = scene.newLoop();
		LoopFuture<String> future = loop.createFuture();
		future.complete("result");
		future.thenAcceptAsync((result) -> scene.say("called with", result));
		scene.say("added");
		scene.runOnce(loop);
	}

	@DisplayName("the done callbacks of one future run in the order of CompletableFuture")
	@Differs(row = "LoopFuture", there = { "0", "1", "2" }, here = { "2", "1", "0" })
	static void doneCallbacksOfOneFuture(Scene scene) {
		EventLoop loop = scene.newLoop();
		LoopFuture<String> future = loop.createFuture();
		for (int i = 0; i < 3; i++) {
			int number = i;
			future.thenAcceptAsync((result) -> scene.say(number));
		}
		future.complete(null);
		scene.runOnce(loop);
	}

	@DisplayName("asking for a result on the loop before it is there is an error")
	static void resultBeforeItIsThereIsAnError(Scene scene) {
		EventLoop loop = scene.newLoop();
		LoopFuture<String> future = loop.createFuture();
		loop.callSoon(() -> {
			scene.attempt("before", future::join);
			future.complete("result");
			scene.attempt("after", future::join);
		});
		scene.runOnce(loop);
	}

	@DisplayName("a future is cancelled once, but says so as often as it is asked to")
	@Differs(row = "LoopFuture", there = "true false", here = "true true")
	static void futureCancelledOnce(Scene scene) {
		LoopFuture<String> future = scene.newLoop().createFuture();
		scene.say(future.isDone(), future.isCancelled());
		scene.say(future.cancel(true), future.cancel(true));
		scene.say(future.isDone(), future.isCancelled());
		scene.attempt("result", future::join);
	}

	@DisplayName("a future that is done is not cancelled")
	static void finishedFutureIsNotCancelled(Scene scene) {
		LoopFuture<String> future = scene.newLoop().createFuture();
		future.complete("result");
		scene.say(future.cancel(true), future.isDone(), future.isCancelled());
		scene.attempt("result", future::join);
	}

	@DisplayName("S58 the done callback of a cancelled future waits for the next pass")
	static void doneCallbackOfACancelledFuture(Scene scene) {
		EventLoop loop = scene.newLoop();
		LoopFuture<String> future = loop.createFuture();
		future.whenCompleteAsync((result, ex) -> scene.say("cancelled", future.isCancelled()));
		future.cancel(true);
		scene.say("asked");
		scene.runOnce(loop);
	}

	@DisplayName("S82 a future that has failed rethrows its error")
	static void failedFutureRethrows(Scene scene) {
		LoopFuture<String> future = scene.newLoop().createFuture();
		future.completeExceptionally(new Oops());
		scene.attempt("result", future::join);
		scene.say(future.isDone(), future.isCancelled());
	}

}
