package io.eventloop.oracle;

import java.time.Duration;

import io.eventloop.EventLoop;
import io.eventloop.TimerHandle;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code timers.py} does.
 */
final class TimersScenarios {

	private TimersScenarios() {
	}

	@DisplayName("S54 timers run by their due time")
	static void timersRunByDueTime(Scene scene) {
		EventLoop loop = scene.newLoop();
		long now = loop.time();
		loop.callAt(now + millis(20), scene.saying("third"));
		loop.callAt(now + millis(1), scene.saying("first"));
		loop.callAt(now + millis(10), scene.saying("second"));
		loop.callAt(now + millis(30), loop::stop);
		loop.runForever();
	}

	@DisplayName("S63 timers that are due run in one pass, the earlier first")
	static void timersDueTogetherRunInOnePass(Scene scene) {
		EventLoop loop = scene.newLoop();
		long now = loop.time();
		loop.callAt(now - 1, scene.saying("second"));
		loop.callAt(now - 3, scene.saying("first"));
		scene.runOnce(loop);
	}

	@DisplayName("S65 timers due at the same time run first in, first out, which asyncio does not promise")
	@Differs(row = "S65", there = { "0", "2", "5", "4", "1", "3" }, here = { "0", "1", "2", "3", "4", "5" })
	static void timersDueAtTheSameTime(Scene scene) {
		EventLoop loop = scene.newLoop();
		long when = loop.time() - 1;
		for (int i = 0; i < 6; i++) {
			loop.callAt(when, scene.saying(i));
		}
		scene.runOnce(loop);
	}

	@DisplayName("S60 a delay that is past runs in the next pass")
	static void delayThatIsPastRunsInTheNextPass(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.callLater(Duration.ofSeconds(-5), scene.saying("negative"));
		loop.callLater(Duration.ZERO, scene.saying("zero"));
		scene.runOnce(loop);
	}

	@DisplayName("S64 a due timer waits behind what is ready")
	static void dueTimerWaitsBehindWhatIsReady(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.callAt(loop.time() - 1, scene.saying("timer"));
		loop.callSoon(scene.saying("ready"));
		scene.runOnce(loop);
	}

	@DisplayName("S58 S63 a timer of a timer waits for the next pass, though it is due")
	static void timerOfATimerWaitsForTheNextPass(Scene scene) {
		EventLoop loop = scene.newLoop();
		long now = loop.time();
		loop.callAt(now - 2, () -> {
			scene.say("timer");
			loop.callAt(loop.time() - 1, scene.saying("of the timer"));
		});
		loop.callAt(now - 1, scene.saying("other"));
		scene.runOnce(loop);
		scene.say("next pass");
		scene.runOnce(loop);
	}

	@DisplayName("S54 S62 a timer tells when it is due, cancelled or not")
	static void timerTellsWhenItIsDue(Scene scene) {
		EventLoop loop = scene.newLoop();
		long when = loop.time() + millis(1_000_000);
		TimerHandle handle = loop.callAt(when, scene.saying("never"));
		scene.say(handle.when() == when, handle.isCancelled());
		handle.cancel();
		scene.say(handle.when() == when, handle.isCancelled());
	}

	@DisplayName("S56 S67 a cancelled timer does not run, and is not waited for")
	static void cancelledTimerDoesNotRun(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.callLater(Duration.ofMillis(1), scene.saying("soon")).cancel();
		loop.callLater(Duration.ofSeconds(1000), scene.saying("late")).cancel();
		loop.callLater(Duration.ofMillis(2), loop::stop);
		loop.runForever();
		scene.say("stopped");
	}

	@DisplayName("S59 S63 a due timer cancelled by an earlier one of its pass is skipped")
	static void timerCancelledByAnEarlierOneOfThePassIsSkipped(Scene scene) {
		EventLoop loop = scene.newLoop();
		long now = loop.time();
		TimerHandle handle = loop.callAt(now - 1, scene.saying("cancelled"));
		loop.callAt(now - 2, handle::cancel);
		scene.runOnce(loop);
		scene.say(handle.isCancelled());
	}

	@DisplayName("S60 S62 a timer is never early")
	static void timerIsNeverEarly(Scene scene) {
		EventLoop loop = scene.newLoop();
		long when = loop.time() + millis(5);
		loop.callAt(when, () -> {
			scene.say(loop.time() >= when);
			loop.stop();
		});
		loop.runForever();
	}

	@DisplayName("S61 no delay is an error; no time of a primitive type can be given")
	@Differs(row = "S61", there = "call_at raises NullPointerException", here = {})
	static void noDelayAndNoTimeAreErrors(Scene scene) {
		EventLoop loop = scene.newLoop();
		scene.attempt("call_later", () -> loop.callLater(null, scene::say));
	}

	private static long millis(long count) {
		return Duration.ofMillis(count).toNanos();
	}

}
