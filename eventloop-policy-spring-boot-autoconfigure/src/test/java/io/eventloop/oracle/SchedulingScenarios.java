package io.eventloop.oracle;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.eventloop.EventLoop;
import io.eventloop.Handle;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code scheduling.py} does.
 */
final class SchedulingScenarios {

	private SchedulingScenarios() {
	}

	@DisplayName("S57 callbacks run first in, first out, each once")
	static void callbacksRunInOrder(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		for (int i = 0; i < 5; i++) {
			loop.callSoon(scenario.saying(i));
		}
		scenario.runOnce(loop);
		scenario.say("again");
		scenario.runOnce(loop);
	}

	@DisplayName("S58 S75 what a callback schedules waits for the next pass")
	static void callbackOfACallbackWaitsForTheNextPass(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.callSoon(() -> {
			scenario.say("first");
			loop.callSoon(scenario.saying("of the first"));
		});
		loop.callSoon(scenario.saying("second"));
		scenario.runOnce(loop);
		scenario.say("next pass");
		scenario.runOnce(loop);
	}

	@DisplayName("S59 a callback cancelled by an earlier one of its pass is skipped")
	static void callbackCancelledByAnEarlierOneIsSkipped(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		AtomicReference<Handle> handle = new AtomicReference<>();
		loop.callSoon(() -> handle.get().cancel());
		handle.set(loop.callSoon(scenario.saying("cancelled")));
		loop.callSoon(scenario.saying("last"));
		scenario.runOnce(loop);
		scenario.say(handle.get().isCancelled());
	}

	@DisplayName("S48 cancelling twice is cancelling once")
	static void cancellingTwiceIsCancellingOnce(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		Handle handle = loop.callSoon(scenario.saying("cancelled"));
		scenario.say(handle.isCancelled());
		handle.cancel();
		handle.cancel();
		scenario.say(handle.isCancelled());
		scenario.runOnce(loop);
	}

	@DisplayName("S48 cancelling after the run changes nothing")
	static void cancellingAfterTheRunChangesNothing(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		Handle handle = loop.callSoon(scenario.saying("ran"));
		scenario.runOnce(loop);
		handle.cancel();
		scenario.say(handle.isCancelled());
		scenario.runOnce(loop);
	}

	@DisplayName("S48 a callback may cancel itself")
	static void callbackMayCancelItself(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		AtomicReference<Handle> handle = new AtomicReference<>();
		handle.set(loop.callSoon(() -> {
			handle.get().cancel();
			scenario.say("goes on");
		}));
		scenario.runOnce(loop);
	}

	@DisplayName("S70 thread-safe calls on the loop's thread keep the order")
	static void threadsafeCallsKeepTheOrderOnTheLoop(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.callSoonThreadsafe(scenario.saying(1));
		loop.callSoon(() -> {
			scenario.say(2);
			loop.callSoonThreadsafe(scenario.saying(3));
			loop.callSoon(scenario.saying(4));
			loop.callSoonThreadsafe(loop::stop);
			loop.callSoon(scenario.saying(5));
		});
		loop.runForever();
	}

	@DisplayName("S70 thread-safe calls keep the order of their thread, and that with others")
	static void threadsafeCallsKeepTheOrderOfAThread(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.callSoon(scenario.saying("before"));
		ScenarioContext.inThread(() -> {
			for (int i = 0; i < 5; i++) {
				loop.callSoonThreadsafe(scenario.saying(i));
			}
		});
		loop.callSoon(scenario.saying("after"));
		scenario.runOnce(loop);
	}

	@DisplayName("S70 a thread-safe call wakes a sleeping loop")
	static void threadsafeCallWakesASleepingLoop(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.callSoon(new Thread(() -> {
			loop.callSoonThreadsafe(scenario.saying("woken"));
			loop.callSoonThreadsafe(loop::stop);
		})::start);
		loop.runForever();
	}

	@DisplayName("S59 S70 what was scheduled thread-safely can be cancelled")
	static void threadsafeHandleCanBeCancelled(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.callSoonThreadsafe(scenario.saying("cancelled")).cancel();
		loop.callSoonThreadsafe(scenario.saying("ran"));
		scenario.runOnce(loop);
	}

	@DisplayName("S71 in debug mode the other calls are refused from a foreign thread")
	static void foreignThreadIsRefusedInDebugMode(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.setDebug(true);
		loop.callSoon(new Thread(() -> {
			scenario.attempt("call_soon", () -> loop.callSoon(scenario.saying("never")));
			scenario.attempt("call_later", () -> loop.callLater(Duration.ZERO, scenario.saying("never")));
			scenario.attempt("call_at", () -> loop.callAt(0, scenario.saying("never")));
			loop.callSoonThreadsafe(loop::stop);
		})::start);
		loop.runForever();
	}

	@DisplayName("S73 a closed loop schedules nothing")
	static void closedLoopSchedulesNothing(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.close();
		scenario.attempt("call_soon", () -> loop.callSoon(scenario::say));
		scenario.attempt("call_soon_threadsafe", () -> loop.callSoonThreadsafe(scenario::say));
		scenario.attempt("call_later", () -> loop.callLater(Duration.ZERO, scenario::say));
		scenario.attempt("call_at", () -> loop.callAt(0, scenario::say));
		scenario.attempt("run_in_executor", () -> loop.runInExecutor(null, () -> null));
	}

}
