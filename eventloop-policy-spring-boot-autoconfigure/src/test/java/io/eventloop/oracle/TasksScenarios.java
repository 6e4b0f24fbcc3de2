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
	static void taskBeginsInTheNextPass(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.callSoon(scenario.saying("before"));
		LoopFuture<Void> task = loop.createTask(() -> beginning(scenario));
		loop.callSoon(scenario.saying("behind"));
		scenario.say("created", task.isDone());
		scenario.runOnce(loop);
		scenario.say(task.isDone());
	}

	@DisplayName("S58 the task of a callback begins in the next pass")
	static void taskOfACallbackBeginsInTheNextPass(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.callSoon(() -> loop.createTask(() -> beginning(scenario)));
		loop.callSoon(scenario.saying("same pass"));
		scenario.runOnce(loop);
		scenario.say("next pass");
		scenario.runOnce(loop);
	}

	@DisplayName("S34 S82 a task fails with the error of its work")
	static void taskFails(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		LoopFuture<String> task = loop.createTask(() -> {
			throw new Oops();
		});
		scenario.attempt("task", () -> loop.runUntilComplete(task));
		scenario.say(task.isDone(), task.isCancelled());
	}

	@DisplayName("S59 a task cancelled before it begins never does")
	static void taskCancelledBeforeItBegins(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		LoopFuture<Void> task = loop.createTask(() -> {
			scenario.say("never");
			return CompletableFuture.completedFuture(null);
		});
		scenario.say(task.cancel(true));
		scenario.attempt("task", () -> loop.runUntilComplete(task));
		scenario.say(task.isDone(), task.isCancelled());
	}

	@DisplayName("S38 a task cancelled while it waits cancels what it waits for")
	static void taskCancelledWhileItWaitsCancelsWhatItWaitsFor(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		LoopFuture<String> awaited = loop.createFuture();
		LoopFuture<String> task = loop.createTask(() -> {
			scenario.say("waits");
			return awaited;
		});
		loop.callSoon(() -> scenario.say(task.cancel(true)));
		scenario.attempt("task", () -> loop.runUntilComplete(task));
		scenario.say(task.isCancelled(), awaited.isCancelled());
	}

	@DisplayName("a task that is done is not cancelled")
	static void finishedTaskIsNotCancelled(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		LoopFuture<String> task = loop.createTask(() -> CompletableFuture.completedFuture("result"));
		loop.runUntilComplete(task);
		scenario.say(task.cancel(true), task.isCancelled());
	}

	@DisplayName("S82 a task waits for another")
	static void taskWaitsForAnother(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		LoopFuture<String> other = loop.createTask(() -> {
			scenario.say("first begins");
			return CompletableFuture.completedFuture("of the first");
		});
		scenario.attempt("task", () -> loop.runUntilComplete(loop.createTask(() -> {
			scenario.say("second begins");
			return other.thenApply((result) -> {
				scenario.say("second has", result);
				return "of the second";
			});
		})));
	}

	@DisplayName("S38 the tasks of a loop are those that are not done")
	static void allTasksAreThoseNotDone(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		LoopFuture<String> awaited = loop.createFuture();
		scenario.say(loop.allTasks().size());
		List<LoopFuture<String>> tasks = Stream.generate(() -> loop.createTask(() -> awaited)).limit(2).toList();
		scenario.say(loop.allTasks().size());
		scenario.runOnce(loop);
		scenario.say(loop.allTasks().size());
		awaited.complete(null);
		tasks.forEach(loop::runUntilComplete);
		scenario.say(loop.allTasks().size());
	}

	@DisplayName("S82 cancelling what a task waits for cancels the task")
	static void cancelledFutureCancelsTheTask(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		LoopFuture<String> awaited = loop.createFuture();
		LoopFuture<String> task = loop.createTask(() -> awaited);
		loop.callSoon(() -> awaited.cancel(true));
		scenario.attempt("task", () -> loop.runUntilComplete(task));
		scenario.say(task.isCancelled());
	}

	@DisplayName("S38 work may go on after it was cancelled")
	static void workMayGoOnAfterACancellation(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		CompletableFuture<String> stubborn = new OnCancel<>((work) -> {
			scenario.say("refuses");
			return work.complete("result");
		});
		LoopFuture<String> task = loop.createTask(() -> stubborn);
		loop.callSoon(() -> task.cancel(true));
		scenario.attempt("task", () -> loop.runUntilComplete(task));
		scenario.say(task.isCancelled());
	}

	private static CompletableFuture<Void> beginning(ScenarioContext scenario) {
		scenario.say("begins");
		return CompletableFuture.completedFuture(null);
	}

}
