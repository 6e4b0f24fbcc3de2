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
	static void callbacksRunInOrder(Scene scene) {
		EventLoop loop = scene.newLoop();
		for (int i = 0; i < 5; i++) {
			loop.callSoon(scene.saying(i));
		}
		scene.runOnce(loop);
		scene.say("again");
		scene.runOnce(loop);
	}

	@DisplayName("S58 S75 what a callback schedules waits for the next pass")
	static void callbackOfACallbackWaitsForTheNextPass(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.callSoon(() -> {
			scene.say("first");
			loop.callSoon(scene.saying("of the first"));
		});
		loop.callSoon(scene.saying("second"));
		scene.runOnce(loop);
		scene.say("next pass");
		scene.runOnce(loop);
	}

	@DisplayName("S59 a callback cancelled by an earlier one of its pass is skipped")
	static void callbackCancelledByAnEarlierOneIsSkipped(Scene scene) {
		EventLoop loop = scene.newLoop();
		AtomicReference<Handle> handle = new AtomicReference<>();
		loop.callSoon(() -> handle.get().cancel());
		handle.set(loop.callSoon(scene.saying("cancelled")));
		loop.callSoon(scene.saying("last"));
		scene.runOnce(loop);
		scene.say(handle.get().isCancelled());
	}

	@DisplayName("S48 cancelling twice is cancelling once")
	static void cancellingTwiceIsCancellingOnce(Scene scene) {
		EventLoop loop = scene.newLoop();
		Handle handle = loop.callSoon(scene.saying("cancelled"));
		scene.say(handle.isCancelled());
		handle.cancel();
		handle.cancel();
		scene.say(handle.isCancelled());
		scene.runOnce(loop);
	}

	@DisplayName("S48 cancelling after the run changes nothing")
	static void cancellingAfterTheRunChangesNothing(Scene scene) {
		EventLoop loop = scene.newLoop();
		Handle handle = loop.callSoon(scene.saying("ran"));
		scene.runOnce(loop);
		handle.cancel();
		scene.say(handle.isCancelled());
		scene.runOnce(loop);
	}

	@DisplayName("S48 a callback may cancel itself")
	static void callbackMayCancelItself(Scene scene) {
		EventLoop loop = scene.newLoop();
		AtomicReference<Handle> handle = new AtomicReference<>();
		handle.set(loop.callSoon(() -> {
			handle.get().cancel();
			scene.say("goes on");
		}));
		scene.runOnce(loop);
	}

	@DisplayName("S70 thread-safe calls on the loop's thread keep the order")
	static void threadsafeCallsKeepTheOrderOnTheLoop(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.callSoonThreadsafe(scene.saying(1));
		loop.callSoon(() -> {
			scene.say(2);
			loop.callSoonThreadsafe(scene.saying(3));
			loop.callSoon(scene.saying(4));
			loop.callSoonThreadsafe(loop::stop);
			loop.callSoon(scene.saying(5));
		});
		loop.runForever();
	}

	@DisplayName("S70 thread-safe calls keep the order of their thread, and that with others")
	static void threadsafeCallsKeepTheOrderOfAThread(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.callSoon(scene.saying("before"));
		Scene.inThread(() -> {
			for (int i = 0; i < 5; i++) {
				loop.callSoonThreadsafe(scene.saying(i));
			}
		});
		loop.callSoon(scene.saying("after"));
		scene.runOnce(loop);
	}

	@DisplayName("S70 a thread-safe call wakes a sleeping loop")
	static void threadsafeCallWakesASleepingLoop(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.callSoon(new Thread(() -> {
			loop.callSoonThreadsafe(scene.saying("woken"));
			loop.callSoonThreadsafe(loop::stop);
		})::start);
		loop.runForever();
	}

	@DisplayName("S59 S70 what was scheduled thread-safely can be cancelled")
	static void threadsafeHandleCanBeCancelled(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.callSoonThreadsafe(scene.saying("cancelled")).cancel();
		loop.callSoonThreadsafe(scene.saying("ran"));
		scene.runOnce(loop);
	}

	@DisplayName("S71 in debug mode the other calls are refused from a foreign thread")
	static void foreignThreadIsRefusedInDebugMode(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.setDebug(true);
		loop.callSoon(new Thread(() -> {
			scene.attempt("call_soon", () -> loop.callSoon(scene.saying("never")));
			scene.attempt("call_later", () -> loop.callLater(Duration.ZERO, scene.saying("never")));
			scene.attempt("call_at", () -> loop.callAt(0, scene.saying("never")));
			loop.callSoonThreadsafe(loop::stop);
		})::start);
		loop.runForever();
	}

	@DisplayName("S73 a closed loop schedules nothing")
	static void closedLoopSchedulesNothing(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.close();
		scene.attempt("call_soon", () -> loop.callSoon(scene::say));
		scene.attempt("call_soon_threadsafe", () -> loop.callSoonThreadsafe(scene::say));
		scene.attempt("call_later", () -> loop.callLater(Duration.ZERO, scene::say));
		scene.attempt("call_at", () -> loop.callAt(0, scene::say));
		scene.attempt("run_in_executor", () -> loop.runInExecutor(null, () -> null));
	}

}
