package io.eventloop.oracle;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code tasks.py} does.
 */
final class TasksScenarios {

	private TasksScenarios() {
	}

	@DisplayName("S57 S58 a task begins in the next pass, in its turn")
	static void taskBeginsInTheNextPass(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.callSoon(scene.saying("before"));
		LoopFuture<Void> task = loop.createTask(() -> beginning(scene));
		loop.callSoon(scene.saying("behind"));
		scene.say("created", task.isDone());
		scene.runOnce(loop);
		scene.say(task.isDone());
	}

	@DisplayName("S58 the task of a callback begins in the next pass")
	static void taskOfACallbackBeginsInTheNextPass(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.callSoon(() -> loop.createTask(() -> beginning(scene)));
		loop.callSoon(scene.saying("same pass"));
		scene.runOnce(loop);
		scene.say("next pass");
		scene.runOnce(loop);
	}

	@DisplayName("S34 S82 a task fails with the error of its work")
	static void taskFails(Scene scene) {
		EventLoop loop = scene.newLoop();
		LoopFuture<String> task = loop.createTask(() -> {
			throw new Oops();
		});
		scene.attempt("task", () -> loop.runUntilComplete(task));
		scene.say(task.isDone(), task.isCancelled());
	}

	@DisplayName("S59 a task cancelled before it begins never does")
	static void taskCancelledBeforeItBegins(Scene scene) {
		EventLoop loop = scene.newLoop();
		LoopFuture<Void> task = loop.createTask(() -> {
			scene.say("never");
			return CompletableFuture.completedFuture(null);
		});
		scene.say(task.cancel(true));
		scene.attempt("task", () -> loop.runUntilComplete(task));
		scene.say(task.isDone(), task.isCancelled());
	}

	@DisplayName("S38 a task cancelled while it waits cancels what it waits for")
	static void taskCancelledWhileItWaitsCancelsWhatItWaitsFor(Scene scene) {
		EventLoop loop = scene.newLoop();
		LoopFuture<String> awaited = loop.createFuture();
		LoopFuture<String> task = loop.createTask(() -> {
			scene.say("waits");
			return awaited;
		});
		loop.callSoon(() -> scene.say(task.cancel(true)));
		scene.attempt("task", () -> loop.runUntilComplete(task));
		scene.say(task.isCancelled(), awaited.isCancelled());
	}

	@DisplayName("a task that is done is not cancelled")
	static void finishedTaskIsNotCancelled(Scene scene) {
		EventLoop loop = scene.newLoop();
		LoopFuture<String> task = loop.createTask(() -> CompletableFuture.completedFuture("result"));
		loop.runUntilComplete(task);
		scene.say(task.cancel(true), task.isCancelled());
	}

	@DisplayName("S82 a task waits for another")
	static void taskWaitsForAnother(Scene scene) {
		EventLoop loop = scene.newLoop();
		LoopFuture<String> other = loop.createTask(() -> {
			scene.say("first begins");
			return CompletableFuture.completedFuture("of the first");
		});
		scene.attempt("task", () -> loop.runUntilComplete(loop.createTask(() -> {
			scene.say("second begins");
			return other.thenApply((result) -> {
				scene.say("second has", result);
				return "of the second";
			});
		})));
	}

	@DisplayName("S38 the tasks of a loop are those that are not done")
	static void allTasksAreThoseNotDone(Scene scene) {
		EventLoop loop = scene.newLoop();
		LoopFuture<String> awaited = loop.createFuture();
		scene.say(loop.allTasks().size());
		List<LoopFuture<String>> tasks = Stream.generate(() -> loop.createTask(() -> awaited)).limit(2).toList();
		scene.say(loop.allTasks().size());
		scene.runOnce(loop);
		scene.say(loop.allTasks().size());
		awaited.complete(null);
		tasks.forEach(loop::runUntilComplete);
		scene.say(loop.allTasks().size());
	}

	@DisplayName("S82 cancelling what a task waits for cancels the task")
	static void cancelledFutureCancelsTheTask(Scene scene) {
		EventLoop loop = scene.newLoop();
		LoopFuture<String> awaited = loop.createFuture();
		LoopFuture<String> task = loop.createTask(() -> awaited);
		loop.callSoon(() -> awaited.cancel(true));
		scene.attempt("task", () -> loop.runUntilComplete(task));
		scene.say(task.isCancelled());
	}

	@DisplayName("S38 work may go on after it was cancelled")
	static void workMayGoOnAfterACancellation(Scene scene) {
		EventLoop loop = scene.newLoop();
		CompletableFuture<String> stubborn = new OnCancel<>((work) -> {
			scene.say("refuses");
			return work.complete("result");
		});
		LoopFuture<String> task = loop.createTask(() -> stubborn);
		loop.callSoon(() -> task.cancel(true));
		scene.attempt("task", () -> loop.runUntilComplete(task));
		scene.say(task.isCancelled());
	}

	private static CompletableFuture<Void> beginning(Scene scene) {
		scene.say("begins");
		return CompletableFuture.completedFuture(null);
	}

}
